/// One step from a value to a value inside it.
package enum JSONPathStep: Sendable, Equatable {
    /// To the member with this name.
    case member(String)
    /// To the element with this index, from 0.
    case element(Int)
}

extension JSONPathStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// The step to a member, so that a path can be written `["secrets", 0, "name"]`.
    package init(stringLiteral name: String) {
        self = .member(name)
    }

    /// The step to an element.
    package init(integerLiteral index: Int) {
        self = .element(index)
    }
}

/// Says where in a document a value stands.
///
/// Positions are asked for only when a document is refused, so they are not kept while parsing: this
/// reads the document again.
package enum JSONLocator {
    /// The place at which the value at the end of a path begins.
    ///
    /// Nil when there is no such value, or when the bytes up to it are not JSON. Of several members
    /// with one name it is the last, as when parsing.
    package static func position(of path: [JSONPathStep], in bytes: [UInt8]) -> JSONPosition? {
        let limits = JSONParser.Limits(maximumDepth: JSONParser.greatestDepth)
        var reader = JSONReader(limits: limits)
        let bytes = bytes.span
        reader.skipSpace(in: bytes)
        for step in path {
            guard let offset = try? reader.offset(of: step, in: bytes) else { return nil }
            reader.index = offset
        }
        return reader.index < bytes.count ? JSONPosition(of: reader.index, in: bytes) : nil
    }
}

extension JSONReader {
    /// Where the value begins that is one step inside the one here; nil when there is none.
    fileprivate mutating func offset(
        of step: JSONPathStep,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> Int? {
        switch (step, try next(in: bytes)) {
        case (.member(let name), UInt8(ascii: "{")): try offset(ofMember: name, in: bytes)
        case (.element(let index), UInt8(ascii: "[")): try offset(ofElement: index, in: bytes)
        default: nil
        }
    }

    private mutating func offset(
        ofMember wanted: String,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> Int? {
        try enter(depth: 1, in: bytes)
        guard try next(in: bytes) != UInt8(ascii: "}") else { return nil }
        var found: Int?
        repeat {
            let name = try name(in: bytes)
            if name.hasSameBytes(as: wanted) { found = index }
            _ = try value(in: bytes, depth: 2)
        } while try !isLast(closing: UInt8(ascii: "}"), .commaOrBraceExpected, in: bytes)
        return found
    }

    private mutating func offset(
        ofElement wanted: Int,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> Int? {
        try enter(depth: 1, in: bytes)
        guard try next(in: bytes) != UInt8(ascii: "]") else { return nil }
        var count = 0
        repeat {
            if count == wanted { return index }
            _ = try value(in: bytes, depth: 2)
            count += 1
        } while try !isLast(closing: UInt8(ascii: "]"), .commaOrBracketExpected, in: bytes)
        return nil
    }
}
