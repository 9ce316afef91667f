/// The files of python-dotenv: quotes of two kinds, several lines within them, and escape sequences.
///
/// python-dotenv replaces `${NAME}` in every value, in quotes or not, and has no escape for it. Here
/// it stays on the way in, and is refused on the way out.
///
/// [python-dotenv](https://saurabh-kumar.com/python-dotenv/#file-format)
enum PythonDialect {
    static func read(_ text: String) -> DotenvFile {
        var reader = PythonReader(text)
        reader.readAll()
        return reader.file
    }

    static func line(setting name: String, to value: String) throws(FormatRefusal) -> String {
        let scalars = Array(value.unicodeScalars)
        if holdsVariable(scalars) {
            throw FormatRefusal("it holds ${…}, which python-dotenv would replace")
        }
        // Bare where that does: releases before 1.2.2 take a backslash before the closing quote for
        // an escape of it.
        if PlainText.isPlain(value.utf8) || (scalars.last == "\\" && isExactBare(scalars)) {
            return "\(name)=\(value)"
        }
        if !scalars.contains(where: { $0 == "'" || $0 == "\\" || $0 == "\r" }) {
            return "\(name)='\(value)'"
        }
        var quoted = "\""
        for scalar in scalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            // Files are opened as text, where a carriage return is a line feed.
            case "\r": quoted += "\\r"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return "\(name)=\(quoted)\""
    }

    private static func isExactBare(_ value: [Unicode.Scalar]) -> Bool {
        guard let first = value.first, let last = value.last else { return true }
        return first != "'" && first != "\"" && !isSpace(first) && !isSpace(last)
            && !value.contains("#") && !value.contains("\n") && !value.contains("\r")
    }

    /// Whether a value has what python-dotenv takes for a variable: `${`, then `NAME` or
    /// `NAME:-DEFAULT`, then `}`.
    private static func holdsVariable(_ value: [Unicode.Scalar]) -> Bool {
        var rest = value[...]
        while let start = rest.indices.dropLast().first(where: {
            rest[$0] == "$" && rest[$0 + 1] == "{"
        }) {
            let inside = rest[(start + 2)...].prefix { $0 != "}" }
            let name = inside.prefix { $0 != ":" }
            let isClosed = inside.endIndex < rest.endIndex
            if isClosed,
                name.endIndex == inside.endIndex
                    || inside[name.endIndex...].starts(with: [":", "-"])
            {
                return true
            }
            rest = rest[(start + 1)...]
        }
        return false
    }

    /// What Python's `\s` matches.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
    }

    static func isSpaceInLine(_ scalar: Unicode.Scalar) -> Bool {
        isSpace(scalar) && scalar != "\n"
    }
}

/// Goes through a file as python-dotenv does.
private struct PythonReader {
    private(set) var file = DotenvFile()
    private let text: [Unicode.Scalar]
    private var index = 0
    private var lines = LineCounter<Unicode.Scalar>(lineFeed: "\n")

    /// A line that python-dotenv cannot parse.
    private struct Unreadable: Error {}

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            if scalar == "\n", scalars.last == "\r" { scalars.removeLast() }
            scalars.append(scalar)
        }
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.text = scalars.map { $0 == "\r" ? "\n" : $0 }
    }

    mutating func readAll() {
        while index < text.count {
            skip(while: PythonDialect.isSpace)
            guard index < text.count else { return }
            let line = lines.number(of: index, in: text)
            do throws(Unreadable) {
                try readBinding(line: line)
            } catch {
                skip { $0 != "\n" }
                file.remark("passed over: python-dotenv cannot read it", line: line)
            }
        }
    }

    private mutating func readBinding(line: Int) throws(Unreadable) {
        skipExport()
        let name = next == "#" ? nil : try readName()
        skip(while: PythonDialect.isSpaceInLine)
        var value: String?
        if next == "=" {
            index += 1
            let start = index
            skip(while: PythonDialect.isSpaceInLine)
            // Behind a blank a # begins a comment, even where the value would.
            value = index > start && next == "#" ? "" : try readValue()
        }
        let commentStart = index
        skip(while: PythonDialect.isSpaceInLine)
        if next == "#" { skip { $0 != "\n" } } else { index = commentStart }
        skip(while: PythonDialect.isSpaceInLine)
        guard next == nil || next == "\n" else { throw Unreadable() }
        index = min(index + 1, text.count)
        guard let name else { return }
        if let value {
            file.set(name, to: value, line: line)
        } else {
            file.unset(name, line: line)
        }
    }

    private var next: Unicode.Scalar? { index < text.count ? text[index] : nil }

    private mutating func skip(while isSkipped: (Unicode.Scalar) -> Bool) {
        while index < text.count, isSkipped(text[index]) { index += 1 }
    }

    private mutating func skipExport() {
        let word = "export".unicodeScalars
        guard text[index...].starts(with: word), index + word.count < text.count,
            PythonDialect.isSpaceInLine(text[index + word.count])
        else { return }
        index += word.count
        skip(while: PythonDialect.isSpaceInLine)
    }

    private mutating func readName() throws(Unreadable) -> String {
        let isQuoted = next == "'"
        let start = isQuoted ? index + 1 : index
        let end =
            text[start...].firstIndex { scalar in
                isQuoted
                    ? scalar == "'"
                    : scalar == "=" || scalar == "#" || PythonDialect.isSpace(scalar)
            } ?? text.count
        guard end > start, !isQuoted || end < text.count else { throw Unreadable() }
        index = isQuoted ? end + 1 : end
        return string(text[start..<end])
    }

    private mutating func readValue() throws(Unreadable) -> String {
        switch next {
        case nil, "\n": return ""
        case "'": return try readQuoted(by: "'", escapes: ["\\": "\\", "'": "'"])
        case "\"": return try readQuoted(by: "\"", escapes: Self.escapes)
        default: return readBare()
        }
    }

    private mutating func readQuoted(
        by quote: Unicode.Scalar,
        escapes: [Unicode.Scalar: Unicode.Scalar]
    ) throws(Unreadable) -> String {
        var place = index + 1
        var value: [Unicode.Scalar] = []
        while place < text.count, text[place] != quote {
            if text[place] == "\\" {
                guard place + 1 < text.count else { throw Unreadable() }
                let escaped = text[place + 1]
                if let meant = escapes[escaped] {
                    value.append(meant)
                } else {
                    value += ["\\", escaped]
                }
                place += 2
            } else {
                value.append(text[place])
                place += 1
            }
        }
        guard place < text.count else { throw Unreadable() }
        index = place + 1
        return string(value[...])
    }

    private mutating func readBare() -> String {
        let start = index
        skip { $0 != "\n" }
        var value = text[start..<index]
        // A # begins a comment behind a blank only.
        if let mark = value.indices.dropFirst().first(where: {
            value[$0] == "#" && PythonDialect.isSpace(value[$0 - 1])
        }) {
            value = value[..<mark]
        }
        while let last = value.last, PythonDialect.isSpace(last) { value.removeLast() }
        return string(value)
    }

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n",
        "r": "\r", "t": "\t", "v": "\u{B}",
    ]
}
