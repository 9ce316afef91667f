import Notation

/// The files of `EnvironmentFile=`, quoted much as in a shell.
///
/// [systemd.exec](https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=)
enum SystemdDialect {
    static func read(_ text: String) throws(FormatError) -> DotenvFile {
        var reader = SystemdReader()
        for byte in text.utf8 { try reader.read(byte) }
        return try reader.finished()
    }

    static func line(setting name: String, to value: String) throws(FormatRefusal) -> String {
        guard isText(value) else { throw FormatRefusal(notText) }
        if PlainText.isPlain(value.utf8) { return "\(name)=\(value)" }
        var quoted = "\""
        for scalar in value.unicodeScalars {
            if isEscaped(scalar) { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return "\(name)=\(quoted)\""
    }

    /// What a backslash within `"` takes the meaning from.
    static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "\\" || scalar == "`" || scalar == "$"
    }

    /// Whether a text has none of the code points that stand for no character, which systemd takes
    /// for broken UTF-8.
    static func isText(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { !$0.properties.isNoncharacterCodePoint }
    }

    static let notText = "it holds a code point that is no character, which systemd does not take"
}

/// The states of systemd's own reader, one byte after the other.
private struct SystemdReader {
    private var file = DotenvFile()
    private var state = State.beforeName
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    /// How much of the value stays when the blanks at its end go; nil while it ends in none.
    private var trimmedCount: Int?
    private var line = 1
    private var nameLine = 1

    private enum State {
        case beforeName, name, beforeValue, value, escape, singleQuoted, doubleQuoted
        case escapeInQuotes, comment, escapeInComment
    }

    mutating func read(_ byte: UInt8) throws(FormatError) {
        switch state {
        case .beforeName: beginName(byte)
        case .name: continueName(byte)
        case .beforeValue: try beginValue(byte)
        case .value: try continueValue(byte)
        case .escape:
            state = .value
            if !isLineEnd(byte) { value.append(byte) }
        case .singleQuoted:
            if byte == UInt8(ascii: "'") { state = .beforeValue } else { value.append(byte) }
        case .doubleQuoted:
            switch byte {
            case UInt8(ascii: "\""): state = .beforeValue
            case UInt8(ascii: "\\"): state = .escapeInQuotes
            default: value.append(byte)
            }
        case .escapeInQuotes: endEscapeInQuotes(byte)
        case .comment:
            if byte == UInt8(ascii: "\\") {
                state = .escapeInComment
            } else if isLineEnd(byte) {
                state = .beforeName
            }
        case .escapeInComment: state = isLineEnd(byte) ? .beforeName : .comment
        }
        if byte == UInt8(ascii: "\n") { line += 1 }
    }

    mutating func finished() throws(FormatError) -> DotenvFile {
        switch state {
        case .beforeName, .comment, .escapeInComment: break
        case .name: passOver()
        case .value:
            try endValue()
        case .beforeValue, .escape, .singleQuoted, .doubleQuoted, .escapeInQuotes:
            trimmedCount = nil
            try endValue()
        }
        return file
    }

    private mutating func beginName(_ byte: UInt8) {
        if byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") {
            state = .comment
        } else if !isBlank(byte) {
            state = .name
            name = [byte]
            nameLine = line
        }
    }

    private mutating func continueName(_ byte: UInt8) {
        if isLineEnd(byte) {
            passOver()
            state = .beforeName
        } else if byte == UInt8(ascii: "=") {
            state = .beforeValue
            value = []
            trimmedCount = nil
        } else {
            name.append(byte)
        }
    }

    private mutating func beginValue(_ byte: UInt8) throws(FormatError) {
        switch byte {
        case _ where isLineEnd(byte):
            trimmedCount = nil
            try endValue()
        case UInt8(ascii: "'"): state = .singleQuoted
        case UInt8(ascii: "\""): state = .doubleQuoted
        case UInt8(ascii: "\\"): state = .escape
        case _ where isBlank(byte): break
        default:
            state = .value
            value.append(byte)
        }
    }

    private mutating func continueValue(_ byte: UInt8) throws(FormatError) {
        if isLineEnd(byte) {
            try endValue()
        } else if byte == UInt8(ascii: "\\") {
            state = .escape
            trimmedCount = nil
        } else {
            if !isBlank(byte) {
                trimmedCount = nil
            } else if trimmedCount == nil {
                trimmedCount = value.count
            }
            value.append(byte)
        }
    }

    private mutating func endEscapeInQuotes(_ byte: UInt8) {
        state = .doubleQuoted
        if SystemdDialect.isEscaped(Unicode.Scalar(byte)) {
            value.append(byte)
        } else if byte != UInt8(ascii: "\n") {
            value += [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func endValue() throws(FormatError) {
        state = .beforeName
        while let last = name.last, isBlank(last) { name.removeLast() }
        let name = String(decoding: name, as: UTF8.self)
        let value = String(decoding: value.prefix(trimmedCount ?? value.count), as: UTF8.self)
        guard SystemdDialect.isText(name), SystemdDialect.isText(value) else {
            throw FormatError(.line(nameLine), SystemdDialect.notText)
        }
        guard VariableName.isValid(name) else {
            file.remark("passed over: systemd takes no such name", line: nameLine)
            return
        }
        file.set(name, to: value, line: nameLine)
    }

    private mutating func passOver() {
        file.remark("passed over: there is no = in it", line: nameLine)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        isLineEnd(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
