/// Reads the YAML that files of Kubernetes and Compose are written in.
///
/// That is all of its blocks, quotes and brackets, JSON among them; anchors, tags and keys that are
/// no scalars are refused.
struct YAMLReader {
    let bytes: [UInt8]
    var index = 0
    private let lineStarts: [Int]
    private var depth = 0
    private static let greatestDepth = 64

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lineStarts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
    }

    /// The documents of a file that are not empty.
    static func documents(in bytes: [UInt8]) throws(FormatError) -> [YAMLNode] {
        let text = try FileText.of(bytes)
        var reader = YAMLReader(normalized(text))
        var documents: [YAMLNode] = []
        while true {
            reader.skipMarks()
            guard reader.index < reader.bytes.count else { return documents }
            documents.append(try reader.blockNode(indentedBy: 0))
            reader.skipBlank()
            guard reader.index == reader.bytes.count || reader.isMark else {
                throw reader.error("this is indented otherwise than what it belongs to")
            }
        }
    }

    /// Every break of a line is a line feed, and there is one at the end.
    private static func normalized(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8.drop(while: { [0xEF, 0xBB, 0xBF].contains($0) }) {
            if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes.append(byte)
        }
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        return bytes.map { $0 == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : $0 }
    }

    // MARK: - Places

    var next: UInt8 { index < bytes.count ? bytes[index] : UInt8(ascii: "\n") }

    /// The line of the place, from 1.
    var line: Int {
        var range = 0..<lineStarts.count
        while range.count > 1 {
            let middle = range.lowerBound + range.count / 2
            range =
                lineStarts[middle] <= index
                ? middle..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound + 1
    }

    /// How far the place is from the beginning of its line.
    var column: Int { index - lineStarts[line - 1] }

    func error(_ reason: String) -> FormatError { FormatError(.line(line), reason) }

    /// Whether a byte at some distance ends a word.
    func isBlank(at place: Int) -> Bool {
        place >= bytes.count || [0x20, 0x09, 0x0A].contains(bytes[place])
    }

    /// Whether a document begins or ends here.
    var isMark: Bool {
        guard column == 0, index + 3 <= bytes.count, isBlank(at: index + 3) else { return false }
        return bytes[index..<index + 3].elementsEqual("---".utf8)
            || bytes[index..<index + 3].elementsEqual("...".utf8)
    }

    mutating func skipSpaces() {
        while index < bytes.count, next == 0x20 || next == 0x09 { index += 1 }
    }

    /// Goes to the next place with content, over comments and line ends.
    mutating func skipBlank() {
        while index < bytes.count {
            skipSpaces()
            if next == UInt8(ascii: "#"), index == 0 || isBlank(at: index - 1) {
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            }
            guard index < bytes.count, next == UInt8(ascii: "\n") else { return }
            index += 1
        }
    }

    private mutating func skipMarks() {
        skipBlank()
        while isMark {
            index += 3
            skipBlank()
        }
    }

    /// Goes to the end of the line, where nothing but a comment may stand.
    mutating func endLine() throws(FormatError) {
        skipSpaces()
        if next == UInt8(ascii: "#"), isBlank(at: index - 1) {
            index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        }
        guard next == UInt8(ascii: "\n") else { throw error("the line should end here") }
    }

    // MARK: - Blocks

    /// Reads what stands here, or on the next lines, indented by so many columns at least.
    mutating func blockNode(indentedBy minimum: Int) throws(FormatError) -> YAMLNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else { throw error("it is nested too deep") }
        skipBlank()
        let start = line
        guard index < bytes.count, !isMark, column >= minimum else {
            return YAMLNode(line: start, content: .scalar("", isPlain: true))
        }
        if next == UInt8(ascii: "-"), isBlank(at: index + 1) {
            return try sequence(at: column)
        }
        if isKeyAhead { return try mapping(at: column) }
        return try inlineNode(parent: minimum - 1)
    }

    private mutating func sequence(at indent: Int) throws(FormatError) -> YAMLNode {
        let start = line
        var elements: [YAMLNode] = []
        repeat {
            index += 1
            elements.append(try blockNode(indentedBy: indent + 1))
            skipBlank()
        } while index < bytes.count && column == indent && !isMark
            && next == UInt8(ascii: "-") && isBlank(at: index + 1)
        return YAMLNode(line: start, content: .sequence(elements))
    }

    private mutating func mapping(at indent: Int) throws(FormatError) -> YAMLNode {
        let start = line
        var members: [(key: String, value: YAMLNode)] = []
        var keys: Set<[UInt8]> = []
        repeat {
            guard isKeyAhead else { throw error("a key and a colon are expected") }
            let key = try scalarKey()
            guard keys.insert(Array(key.utf8)).inserted else {
                throw error("the mapping has a key of this name already")
            }
            members.append((key, try value(under: indent)))
            skipBlank()
            guard column <= indent || index == bytes.count else {
                throw error("this is indented otherwise than what it belongs to")
            }
        } while index < bytes.count && column == indent && !isMark
        return YAMLNode(line: start, content: .mapping(members))
    }

    /// Reads what stands behind a key and its colon.
    private mutating func value(under indent: Int) throws(FormatError) -> YAMLNode {
        skipSpaces()
        guard next == UInt8(ascii: "\n") || next == UInt8(ascii: "#") else {
            return try inlineNode(parent: indent)
        }
        skipBlank()
        // A list may stand as far to the left as the key that it belongs to.
        let isList = next == UInt8(ascii: "-") && isBlank(at: index + 1) && column == indent
        return try blockNode(indentedBy: isList ? indent : indent + 1)
    }

    /// Reads what begins in mid-line.
    private mutating func inlineNode(parent: Int) throws(FormatError) -> YAMLNode {
        let start = line
        switch next {
        case UInt8(ascii: "|"), UInt8(ascii: ">"):
            return YAMLNode(
                line: start,
                content: .scalar(try blockScalar(under: parent), isPlain: false)
            )
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let node = try flowNode()
            try endLine()
            return node
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let text = try quotedScalar()
            try endLine()
            return YAMLNode(line: start, content: .scalar(text, isPlain: false))
        default:
            return YAMLNode(
                line: start,
                content: .scalar(try plainScalar(under: parent), isPlain: true)
            )
        }
    }
}
