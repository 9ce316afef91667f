import Notation

/// The files of `node --env-file`: three kinds of quotes, several lines within them, and `\n` as
/// the one escape sequence, within `"`.
///
/// Every carriage return goes. In one thing Node.js 20 is followed and not 24: where nothing but
/// blanks stand behind the `=` the value is empty, and not the next line.
///
/// [Environment files](https://nodejs.org/docs/latest-v24.x/api/environment_variables.html#dotenv)
enum NodeDialect {
    private static let lineFeed = UInt8(ascii: "\n")
    private static let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")]

    static func read(_ text: String) -> DotenvFile {
        var reader = NodeReader(Array(text.utf8).filter { $0 != UInt8(ascii: "\r") })
        reader.readAll()
        return reader.file
    }

    static func line(setting name: String, to value: String) throws(FormatRefusal) -> String {
        let bytes = Array(value.utf8)
        if bytes.contains(UInt8(ascii: "\r")) {
            throw FormatRefusal("it holds a carriage return, which Node.js leaves out")
        }
        if PlainText.isPlain(bytes) { return "\(name)=\(value)" }
        if let quote = quotes.first(where: { isExact(bytes, within: $0) }) {
            let quote = Character(Unicode.Scalar(quote))
            return "\(name)=\(quote)\(value)\(quote)"
        }
        guard isExactBare(bytes) else {
            throw FormatRefusal(
                "it holds all three kinds of quotes, and Node.js knows no escape for them"
            )
        }
        return "\(name)=\(value)"
    }

    private static func isExact(_ value: [UInt8], within quote: UInt8) -> Bool {
        !value.contains(quote)
            && (quote != UInt8(ascii: "\"") || firstEscapedLineFeed(in: value[...]) == nil)
    }

    private static func isExactBare(_ value: [UInt8]) -> Bool {
        guard let first = value.first, let last = value.last else { return true }
        return !quotes.contains(first) && !isBlank(first) && !isBlank(last)
            && !value.contains(lineFeed) && !value.contains(UInt8(ascii: "#"))
    }

    /// The place of the first `\n`, written with two characters.
    static func firstEscapedLineFeed(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.indices.dropLast().first { index in
            bytes[index] == UInt8(ascii: "\\") && bytes[index + 1] == UInt8(ascii: "n")
        }
    }

    static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == lineFeed
    }
}

/// Goes through a file as Node.js does.
private struct NodeReader {
    private(set) var file = DotenvFile()
    private let bytes: [UInt8]
    private var index: Int
    private var end: Int
    private var lines = LineCounter<UInt8>(lineFeed: UInt8(ascii: "\n"))

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = 0
        end = bytes.count
        trim()
    }

    mutating func readAll() {
        while index < end {
            let first = bytes[index]
            if first == UInt8(ascii: "\n") || first == UInt8(ascii: "#") {
                index = afterLine(from: index)
                continue
            }
            guard
                let mark = bytes[index..<end].firstIndex(where: {
                    $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "\n")
                }), bytes[mark] == UInt8(ascii: "=")
            else {
                passOverLine()
                trim()
                continue
            }
            readVariable(named: index..<mark)
        }
    }

    private mutating func readVariable(named nameRange: Range<Int>) {
        let line = lineNumber(of: nameRange.lowerBound)
        var name = trimmed(nameRange)
        index = nameRange.upperBound + 1
        trim()
        guard !name.isEmpty else {
            file.remark("passed over: there is no name before the =", line: line)
            return
        }
        if bytes[name].starts(with: "export ".utf8) {
            name = trimmed(name.lowerBound + 7..<name.upperBound)
        }
        let lineEnd = lineEnd(from: nameRange.upperBound)
        guard index < lineEnd else {
            index = nameRange.upperBound + 1
            if index < lineEnd {
                file.remark("Node.js 24 takes the next line for the value", line: line)
            }
            index = afterLine(from: index)
            file.set(text(name), to: "", line: line)
            return
        }
        file.set(text(name), to: value(), line: line)
    }

    /// Reads what stands behind the `=` and goes on to the next line.
    private mutating func value() -> String {
        let start = index
        let first = bytes[start]
        let isQuoted = ["'", "\"", "`"].contains { first == UInt8(ascii: $0) }
        let lineEnd = lineEnd(from: start)
        guard isQuoted else {
            let comment = bytes[start..<lineEnd].firstIndex(of: UInt8(ascii: "#")) ?? lineEnd
            index = afterLine(from: start)
            trim()
            return text(trimmed(start..<comment))
        }
        guard let closing = bytes[(start + 1)..<end].firstIndex(of: first) else {
            index = afterLine(from: start)
            trim()
            return text(start..<lineEnd)
        }
        index = afterLine(from: closing + 1)
        let inside = start + 1..<closing
        return first == UInt8(ascii: "\"") ? expanded(inside) : text(inside)
    }

    private func expanded(_ range: Range<Int>) -> String {
        var value: [UInt8] = []
        var rest = bytes[range]
        while let escape = NodeDialect.firstEscapedLineFeed(in: rest) {
            value.append(contentsOf: rest[..<escape])
            value.append(UInt8(ascii: "\n"))
            rest = rest[(escape + 2)...]
        }
        value.append(contentsOf: rest)
        return String(decoding: value, as: UTF8.self)
    }

    private mutating func passOverLine() {
        let next = afterLine(from: index)
        if !trimmed(index..<next).isEmpty {
            file.remark("passed over: there is no = in it", line: lineNumber(of: index))
        }
        index = next
    }

    /// Leaves out the blanks and line feeds at both ends of what is still to be read.
    private mutating func trim() {
        let rest = trimmed(index..<end)
        index = rest.lowerBound
        end = rest.upperBound
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        guard let start = bytes[range].firstIndex(where: { !NodeDialect.isBlank($0) }),
            let last = bytes[range].lastIndex(where: { !NodeDialect.isBlank($0) })
        else { return range.upperBound..<range.upperBound }
        return start..<last + 1
    }

    private func lineEnd(from start: Int) -> Int {
        guard start < end else { return end }
        return bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
    }

    private func afterLine(from start: Int) -> Int { min(lineEnd(from: start) + 1, end) }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func lineNumber(of index: Int) -> Int {
        lines.number(of: index, in: bytes)
    }
}
