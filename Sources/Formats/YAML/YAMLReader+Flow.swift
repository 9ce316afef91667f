extension YAMLReader {
    private static let greatestFlowDepth = 64

    /// Reads what stands between brackets; all of JSON is among it.
    mutating func flowNode(depth: Int = 0) throws(FormatError) -> YAMLNode {
        guard depth < Self.greatestFlowDepth else { throw error("it is nested too deep") }
        let start = line
        switch next {
        case UInt8(ascii: "{"):
            return YAMLNode(line: start, content: .mapping(try flowMembers(depth: depth)))
        case UInt8(ascii: "["):
            return YAMLNode(line: start, content: .sequence(try flowElements(depth: depth)))
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            return YAMLNode(line: start, content: .scalar(try quotedScalar(), isPlain: false))
        default:
            try refuseIndicators()
            return YAMLNode(line: start, content: .scalar(flowPlainScalar(), isPlain: true))
        }
    }

    private mutating func flowMembers(
        depth: Int
    ) throws(FormatError) -> [(key: String, value: YAMLNode)] {
        var members: [(key: String, value: YAMLNode)] = []
        var keys: Set<[UInt8]> = []
        index += 1
        skipBlank()
        while next != UInt8(ascii: "}") {
            guard case .scalar(let key, _) = try flowNode(depth: depth + 1).content else {
                throw error("a key is a scalar")
            }
            guard keys.insert(Array(key.utf8)).inserted else {
                throw error("the mapping has a key of this name already")
            }
            skipBlank()
            var value = YAMLNode(line: line, content: .scalar("", isPlain: true))
            if next == UInt8(ascii: ":") {
                index += 1
                skipBlank()
                if !",}".utf8.contains(next) { value = try flowNode(depth: depth + 1) }
            }
            members.append((key, value))
            try endElement(before: UInt8(ascii: "}"))
        }
        index += 1
        return members
    }

    private mutating func flowElements(depth: Int) throws(FormatError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        index += 1
        skipBlank()
        while next != UInt8(ascii: "]") {
            elements.append(try flowNode(depth: depth + 1))
            try endElement(before: UInt8(ascii: "]"))
        }
        index += 1
        return elements
    }

    /// Goes over the comma behind an element, which may be missing at the end.
    private mutating func endElement(before closing: UInt8) throws(FormatError) {
        skipBlank()
        if next == UInt8(ascii: ","), index < bytes.count {
            index += 1
            skipBlank()
        } else if next != closing {
            throw error("a comma or a closing bracket is expected")
        }
    }

    /// Reads a scalar without quotes; its lines are joined as those of a quoted one are.
    private mutating func flowPlainScalar() -> String {
        var text: [UInt8] = []
        while index < bytes.count, !",[]{}".utf8.contains(next) {
            if next == UInt8(ascii: ":"), endsKey(at: index + 1) { break }
            if next == UInt8(ascii: "#"), isBlank(at: index - 1) { break }
            if next == 0x0A {
                foldLine(into: &text)
            } else {
                text.append(next)
                index += 1
            }
        }
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private func endsKey(at place: Int) -> Bool {
        isBlank(at: place) || ",[]{}".utf8.contains(bytes[place])
    }
}
