import Notation

/// Takes a Terraform file apart into words, strings and marks.
struct HCLLexer {
    private let bytes: [UInt8]
    private var index = 0
    private var lines = LineCounter<UInt8>(lineFeed: UInt8(ascii: "\n"))
    private var tokens: [HCLToken] = []
    private var depth = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    static func tokens(in bytes: [UInt8]) throws(FormatError) -> [HCLToken] {
        _ = try FileText.of(bytes)
        var lexer = HCLLexer(bytes)
        while lexer.index < bytes.count { try lexer.readToken() }
        return lexer.tokens
    }

    private func starts(_ text: StaticString) -> Bool {
        bytes[index...].starts(with: text.description.utf8)
    }

    private mutating func readToken() throws(FormatError) {
        let line = lines.number(of: index, in: bytes)
        switch bytes[index] {
        case UInt8(ascii: "\n"):
            add(.lineEnd, line)
            index += 1
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
        case UInt8(ascii: "#"): skipLine()
        case UInt8(ascii: "/") where starts("//"): skipLine()
        case UInt8(ascii: "/") where starts("/*"): try skipComment(line)
        case UInt8(ascii: "\""): add(.string(try quoted(line)), line)
        case UInt8(ascii: "<") where starts("<<"): try readHereDocument(line)
        case let byte where isWord(byte):
            let end = bytes[index...].firstIndex { !isWord($0) } ?? bytes.count
            add(.word(String(decoding: bytes[index..<end], as: UTF8.self)), line)
            index = end
        case let byte:
            add(.mark(byte), line)
            index += 1
        }
    }

    private mutating func add(_ kind: HCLToken.Kind, _ line: Int) {
        tokens.append(HCLToken(kind: kind, line: line))
    }

    private func isWord(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            || byte >= 0x80
    }

    private mutating func skipLine() {
        index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }

    private mutating func skipComment(_ line: Int) throws(FormatError) {
        while index < bytes.count, !starts("*/") { index += 1 }
        guard index < bytes.count else { throw FormatError(.line(line), "a comment has no end") }
        index += 2
    }

    // MARK: - Strings

    /// Reads a string between quotes; nil when it holds an expression.
    private mutating func quoted(_ line: Int) throws(FormatError) -> String? {
        var text: [UInt8] = []
        var isExpression = false
        index += 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\n") { break }
            if bytes[index] == UInt8(ascii: "\\") {
                try escape(into: &text, line)
            } else if try readTemplatePart(into: &text, line) {
                isExpression = true
            }
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
            throw FormatError(.line(line), "a string that begins here has no end")
        }
        index += 1
        return isExpression
            ? nil : TerraformText.normalized(String(decoding: text, as: UTF8.self))
    }

    /// Reads one byte, an escaped `${`, or an expression, which is left out.
    ///
    /// - Returns: whether it was an expression.
    private mutating func readTemplatePart(
        into text: inout [UInt8],
        _ line: Int
    ) throws(FormatError) -> Bool {
        for sign in [UInt8(ascii: "$"), UInt8(ascii: "%")] where bytes[index] == sign {
            if bytes[index...].starts(with: [sign, sign, UInt8(ascii: "{")]) {
                text += [sign, UInt8(ascii: "{")]
                index += 3
                return false
            }
            if bytes[index...].starts(with: [sign, UInt8(ascii: "{")]) {
                index += 2
                try skipExpression(line)
                return true
            }
        }
        text.append(bytes[index])
        index += 1
        return false
    }

    /// Goes behind the brace that closes an expression.
    private mutating func skipExpression(_ line: Int) throws(FormatError) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= HCLParser.greatestDepth else {
            throw FormatError(.line(line), "it is nested too deep")
        }
        var braceCount = 1
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "{"): braceCount += 1
            case UInt8(ascii: "}"): braceCount -= 1
            case UInt8(ascii: "\""):
                _ = try quoted(line)
                continue
            default: break
            }
            index += 1
            if braceCount == 0 { return }
        }
        throw FormatError(.line(line), "an expression that begins here has no end")
    }

    private mutating func escape(into text: inout [UInt8], _ line: Int) throws(FormatError) {
        let escaped = index + 1 < bytes.count ? bytes[index + 1] : 0
        index += 2
        switch escaped {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(escaped)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = escaped == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[index...].prefix(count)
            guard digits.count == count, digits.allSatisfy({ ASCII.hexadecimalValue($0) != nil }),
                let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(value)
            else { throw FormatError(.line(line), "there is no such character") }
            text += Array(String(scalar).utf8)
            index += count
        default: throw FormatError(.line(line), "there is no such escape sequence")
        }
    }

    // MARK: - Here-documents

    private mutating func readHereDocument(_ line: Int) throws(FormatError) {
        index += 2
        let isIndented = index < bytes.count && bytes[index] == UInt8(ascii: "-")
        if isIndented { index += 1 }
        let nameEnd = bytes[index...].firstIndex { !isWord($0) } ?? bytes.count
        let name = Array(bytes[index..<nameEnd])
        skipLine()
        index = min(index + 1, bytes.count)
        var content: [[UInt8]] = []
        while index < bytes.count {
            let start = index
            skipLine()
            let line = Array(bytes[start..<index])
            guard line.drop(while: isBlank).prefix(while: { !isBlank($0) }) != name[...] else {
                let text = isIndented ? withoutIndentation(content) : content
                add(.string(try template(text)), lines.number(of: start, in: bytes))
                return
            }
            content.append(line)
            index = min(index + 1, bytes.count)
        }
        throw FormatError(.line(line), "a here-document that begins here has no end")
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private func withoutIndentation(_ lines: [[UInt8]]) -> [[UInt8]] {
        let filled = lines.filter { !$0.allSatisfy(isBlank) }
        let count = filled.map { $0.prefix { $0 == 0x20 || $0 == 0x09 }.count }.min() ?? 0
        return lines.map {
            Array($0.dropFirst(min(count, $0.prefix { $0 == 0x20 || $0 == 0x09 }.count)))
        }
    }

    /// The text of a here-document's lines; nil when they hold an expression.
    private func template(_ lines: [[UInt8]]) throws(FormatError) -> String? {
        var inner = HCLLexer(Array(lines.map { $0 + [0x0A] }.joined()))
        var text: [UInt8] = []
        var isExpression = false
        while inner.index < inner.bytes.count {
            if try inner.readTemplatePart(into: &text, 1) { isExpression = true }
        }
        return isExpression
            ? nil : TerraformText.normalized(String(decoding: text, as: UTF8.self))
    }
}
