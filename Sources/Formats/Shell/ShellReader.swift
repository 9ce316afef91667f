import Notation

/// Takes the text of a shell apart at quotes, pipes and line ends, and runs nothing.
struct ShellReader {
    private let bytes: [UInt8]
    private var index = 0
    private var lines = LineCounter<UInt8>(lineFeed: UInt8(ascii: "\n"))
    private var commands: [ScriptCommand] = []
    private var command: ScriptCommand?
    private var isPiped = false

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The commands of a file in order.
    ///
    /// - Throws: for a quote that is not closed, and for what it does not know.
    static func commands(in bytes: [UInt8]) throws(FormatError) -> [ScriptCommand] {
        _ = try FileText.of(bytes)
        guard !bytes.contains(0) else { throw FormatError(.document, "a script holds no NUL") }
        var reader = ShellReader(bytes)
        try reader.readAll()
        return reader.commands
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func line() -> Int { lines.number(of: min(index, bytes.count), in: bytes) }

    private mutating func readAll() throws(FormatError) {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
            case UInt8(ascii: "#"):
                index = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            case UInt8(ascii: "\\") where isLineEnd(after: index): index += 2
            case UInt8(ascii: "\n"), UInt8(ascii: ";"): endCommand(markCount: 1)
            case UInt8(ascii: "&") where isTwice: endCommand(markCount: 2)
            case UInt8(ascii: "|"):
                let isPipe = !isTwice
                endCommand(markCount: isPipe ? 1 : 2)
                isPiped = isPipe
            case UInt8(ascii: ">") where command != nil && !isTwice:
                index += 1
                while next == UInt8(ascii: " ") { index += 1 }
                let output = try readWord()
                command?.output = output
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "&"):
                throw FormatError(
                    .line(line()),
                    "<, >>, & and brackets of a shell are not read here"
                )
            default:
                let word = try readWord()
                if command == nil {
                    command = ScriptCommand(line: word.line, isPipedInto: isPiped)
                    isPiped = false
                }
                command?.words.append(word)
            }
        }
        endCommand(markCount: 0)
    }

    /// Whether the mark here stands twice.
    private var isTwice: Bool { index + 1 < bytes.count && bytes[index + 1] == bytes[index] }

    private func isLineEnd(after index: Int) -> Bool {
        index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
    }

    /// Ends a command, if there is one: a pipe may be followed by the end of its line.
    private mutating func endCommand(markCount: Int) {
        if let command { commands.append(command) }
        command = nil
        index += markCount
    }

    private mutating func readWord() throws(FormatError) -> ShellWord {
        var word = ShellWord(line: line())
        var isBare = true
        while let byte = next, !endsWord(byte) {
            switch byte {
            case UInt8(ascii: "'"):
                isBare = false
                try readSingleQuoted(into: &word)
            case UInt8(ascii: "\""):
                isBare = false
                try readDoubleQuoted(into: &word)
            case UInt8(ascii: "\\"):
                isBare = false
                index += 1
                if let escaped = next, escaped != UInt8(ascii: "\n") { word.bytes.append(escaped) }
                index += 1
            case UInt8(ascii: "$")
            where index + 1 < bytes.count
                && bytes[index + 1] == UInt8(ascii: "'"):
                isBare = false
                try readEscapes(into: &word)
            case UInt8(ascii: "$") where bytes[index...].starts(with: "$(".utf8):
                word.isExpanded = true
                skipSubstitution()
            default:
                if isReplaced(byte, in: word) { word.isExpanded = true }
                word.bytes.append(byte)
                if isBare { word.bareCount += 1 }
                index += 1
            }
        }
        guard !word.bytes.contains(0), String(validating: word.bytes, as: UTF8.self) != nil else {
            throw FormatError(.line(word.line), "its escape sequences are not UTF-8, or hold a NUL")
        }
        return word
    }

    /// Goes behind the bracket that closes a `$(`.
    private mutating func skipSubstitution() {
        var depth = 0
        while let byte = next {
            index += 1
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if byte == UInt8(ascii: ")"), depth == 0 { return }
        }
    }

    private func endsWord(_ byte: UInt8) -> Bool {
        " \t\n;&|<>()".utf8.contains(byte)
    }

    /// Whether an unquoted byte makes the shell replace something.
    private func isReplaced(_ byte: UInt8, in word: ShellWord) -> Bool {
        switch byte {
        case UInt8(ascii: "$"): isVariable(at: index + 1)
        case UInt8(ascii: "`"), UInt8(ascii: "{"): true
        case UInt8(ascii: "~"):
            word.bytes.last.map { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") } ?? true
        default: false
        }
    }

    /// Whether what stands behind a `$` makes it more than a `$`.
    private func isVariable(at place: Int) -> Bool {
        var place = place
        while place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"), isLineEnd(after: place) {
            place += 2
        }
        guard place < bytes.count else { return false }
        let byte = bytes[place]
        return ASCII.isAlphanumeric(byte) || "_{(@*#?-$!\"".utf8.contains(byte)
    }

    private mutating func readSingleQuoted(into word: inout ShellWord) throws(FormatError) {
        guard let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
            throw notClosed(word.line)
        }
        word.bytes += bytes[(index + 1)..<end]
        index = end + 1
    }

    private mutating func readDoubleQuoted(into word: inout ShellWord) throws(FormatError) {
        index += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            index += 1
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = next else { throw notClosed(word.line) }
                index += 1
                if "$`\"\\".utf8.contains(escaped) {
                    word.bytes.append(escaped)
                } else if escaped != UInt8(ascii: "\n") {
                    word.bytes += [byte, escaped]
                }
            case UInt8(ascii: "`"):
                word.isExpanded = true
                word.bytes.append(byte)
            case UInt8(ascii: "$"):
                if next != UInt8(ascii: "\""), isVariable(at: index) { word.isExpanded = true }
                word.bytes.append(byte)
            default: word.bytes.append(byte)
            }
        }
        guard next != nil else { throw notClosed(word.line) }
        index += 1
    }

    /// Reads bash's `$'…'`.
    private mutating func readEscapes(into word: inout ShellWord) throws(FormatError) {
        index += 2
        while let byte = next, byte != UInt8(ascii: "'") {
            index += 1
            guard byte == UInt8(ascii: "\\"), let escaped = next else {
                word.bytes.append(byte)
                continue
            }
            index += 1
            switch escaped {
            case UInt8(ascii: "x"): word.bytes.append(UInt8(truncatingIfNeeded: number(16, 2)))
            case UInt8(ascii: "u"), UInt8(ascii: "U"):
                let value = number(16, escaped == UInt8(ascii: "u") ? 4 : 8)
                guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
                    throw FormatError(.line(line()), "there is no such character")
                }
                word.bytes += Array(String(scalar).utf8)
            case UInt8(ascii: "0")...UInt8(ascii: "7"):
                index -= 1
                word.bytes.append(UInt8(truncatingIfNeeded: number(8, 3)))
            default:
                word.bytes += Self.escapes[escaped].map { [$0] } ?? [UInt8(ascii: "\\"), escaped]
            }
        }
        guard next != nil else { throw notClosed(word.line) }
        index += 1
    }

    /// Reads a number of so many digits at most.
    private mutating func number(_ radix: Int, _ digitCount: Int) -> Int {
        var value = 0
        for _ in 0..<digitCount {
            guard let digit = next.flatMap(ASCII.hexadecimalValue), digit < radix else { break }
            value = value * radix + Int(digit)
            index += 1
        }
        return value
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "e"): 27, UInt8(ascii: "E"): 27,
        UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
        UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
        UInt8(ascii: "'"): UInt8(ascii: "'"), UInt8(ascii: "\""): UInt8(ascii: "\""),
        UInt8(ascii: "?"): UInt8(ascii: "?"),
    ]

    private func notClosed(_ line: Int) -> FormatError {
        FormatError(.line(line), "a quote that is opened here is not closed")
    }
}
