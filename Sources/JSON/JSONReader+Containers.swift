extension JSONReader {
    /// Reads the array whose bracket is here.
    mutating func array(
        in bytes: Span<UInt8>,
        depth: Int
    ) throws(JSONSyntaxError) -> [JSONValue] {
        try enter(depth: depth, in: bytes)
        var elements: [JSONValue] = []
        if try next(in: bytes) == UInt8(ascii: "]") {
            index += 1
            return elements
        }
        while true {
            elements.append(try value(in: bytes, depth: depth + 1))
            if try isLast(closing: UInt8(ascii: "]"), .commaOrBracketExpected, in: bytes) {
                return elements
            }
        }
    }

    /// Reads the object whose brace is here.
    mutating func object(
        in bytes: Span<UInt8>,
        depth: Int
    ) throws(JSONSyntaxError) -> JSONObject {
        try enter(depth: depth, in: bytes)
        var table = MemberTable()
        if try next(in: bytes) == UInt8(ascii: "}") {
            index += 1
            return JSONObject(table)
        }
        while true {
            let nameOffset = index
            let name = try name(in: bytes)
            let position = table.position(of: name)
            if position != nil, limits.duplicateMembers == .refused {
                throw JSONSyntaxError(.duplicateMember, at: nameOffset, in: bytes)
            }
            let value = try value(in: bytes, depth: depth + 1)
            if let position {
                table.replaceValue(at: position, with: value)
            } else {
                table.append(name, value)
            }
            if try isLast(closing: UInt8(ascii: "}"), .commaOrBraceExpected, in: bytes) {
                return JSONObject(table)
            }
        }
    }

    /// Steps over an opening brace or bracket, up to what follows it.
    mutating func enter(depth: Int, in bytes: Span<UInt8>) throws(JSONSyntaxError) {
        guard depth <= limits.maximumDepth else {
            throw JSONSyntaxError(.tooDeep(maximum: limits.maximumDepth), at: index, in: bytes)
        }
        index += 1
        skipSpace(in: bytes)
    }

    /// Reads a member's name and the colon, up to the value.
    mutating func name(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
        guard try next(in: bytes) == UInt8(ascii: "\"") else {
            throw JSONSyntaxError(.nameExpected, at: index, in: bytes)
        }
        let name = try string(in: bytes)
        skipSpace(in: bytes)
        guard try next(in: bytes) == UInt8(ascii: ":") else {
            throw JSONSyntaxError(.colonExpected, at: index, in: bytes)
        }
        index += 1
        skipSpace(in: bytes)
        return name
    }

    /// Steps over what follows an element or member: the closing byte, or a comma with one more.
    mutating func isLast(
        closing: UInt8,
        _ reason: JSONSyntaxError.Reason,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> Bool {
        skipSpace(in: bytes)
        let byte = try next(in: bytes)
        if byte == closing {
            index += 1
            return true
        }
        guard byte == UInt8(ascii: ",") else {
            throw JSONSyntaxError(reason, at: index, in: bytes)
        }
        let comma = index
        index += 1
        skipSpace(in: bytes)
        if try next(in: bytes) == closing {
            throw JSONSyntaxError(.trailingComma, at: comma, in: bytes)
        }
        return false
    }
}
