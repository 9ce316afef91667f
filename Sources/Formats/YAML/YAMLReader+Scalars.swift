import Notation

extension YAMLReader {
    /// Whether a key and its colon stand on the rest of this line.
    var isKeyAhead: Bool {
        var place = index
        let quote = next
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            place += 1
            while place < bytes.count, bytes[place] != quote, bytes[place] != 0x0A {
                let isEscape = quote == UInt8(ascii: "\"") && bytes[place] == UInt8(ascii: "\\")
                place += isEscape ? 2 : 1
            }
            place += 1
            while place < bytes.count, bytes[place] == 0x20 { place += 1 }
            return place < bytes.count && bytes[place] == UInt8(ascii: ":")
                && isBlank(at: place + 1)
        }
        guard !"{[|>".utf8.contains(quote) else { return false }
        while place < bytes.count, bytes[place] != 0x0A {
            if bytes[place] == UInt8(ascii: ":"), isBlank(at: place + 1) { return true }
            if bytes[place] == UInt8(ascii: "#"), place > index, isBlank(at: place - 1) {
                return false
            }
            place += 1
        }
        return false
    }

    /// Reads a key and the colon behind it.
    mutating func scalarKey() throws(FormatError) -> String {
        let key: String
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            key = try quotedScalar()
        } else {
            try refuseIndicators()
            let start = index
            while !(next == UInt8(ascii: ":") && isBlank(at: index + 1)) { index += 1 }
            key = trimmed(start..<index)
        }
        skipSpaces()
        index += 1
        return key
    }

    /// Refuses what would begin an anchor, an alias, a tag and the like.
    func refuseIndicators() throws(FormatError) {
        if "&*!%@`".utf8.contains(next) || (next == UInt8(ascii: "?") && isBlank(at: index + 1)) {
            throw error("anchors, tags and other keys than plain ones are not read here")
        }
    }

    /// Reads a scalar without quotes, on this line and on further ones that are indented more.
    mutating func plainScalar(under parent: Int) throws(FormatError) -> String {
        try refuseIndicators()
        var text = try plainLine()
        while true {
            let end = index
            var breakCount = 0
            while index < bytes.count, isBlank(at: index) {
                if next == 0x0A { breakCount += 1 }
                index += 1
            }
            guard index < bytes.count, column > parent, !isMark, next != UInt8(ascii: "#") else {
                index = end
                return text
            }
            text += breakCount == 1 ? " " : String(repeating: "\n", count: breakCount - 1)
            text += try plainLine()
        }
    }

    private mutating func plainLine() throws(FormatError) -> String {
        let start = index
        while next != 0x0A {
            if next == UInt8(ascii: ":"), isBlank(at: index + 1) {
                throw error("a value that holds a colon and a blank needs quotes")
            }
            if next == UInt8(ascii: "#"), index > start, isBlank(at: index - 1) { break }
            index += 1
        }
        let text = trimmed(start..<index)
        try endLine()
        return text
    }

    func trimmed(_ range: Range<Int>) -> String {
        var end = range.upperBound
        while end > range.lowerBound, isBlank(at: end - 1) { end -= 1 }
        return String(decoding: bytes[range.lowerBound..<end], as: UTF8.self)
    }

    /// Reads a scalar between quotes of either kind, over as many lines as it has.
    mutating func quotedScalar() throws(FormatError) -> String {
        let quote = next
        let start = index
        var text: [UInt8] = []
        index += 1
        while true {
            guard index < bytes.count else {
                index = start
                throw error("a quote that is opened here is not closed")
            }
            let byte = next
            if byte == quote {
                index += 1
                guard quote == UInt8(ascii: "'"), next == quote, index < bytes.count else { break }
                text.append(quote)
                index += 1
            } else if byte == 0x0A {
                foldLine(into: &text)
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &text)
            } else {
                text.append(byte)
                index += 1
            }
        }
        guard let text = String(validating: text, as: UTF8.self) else {
            throw error("half of a surrogate pair is missing")
        }
        return text
    }

    /// Makes one space of a line's end and the blanks around it, or line feeds of empty lines.
    mutating func foldLine(into text: inout [UInt8]) {
        while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
        var breakCount = 0
        while index < bytes.count, isBlank(at: index) {
            if next == 0x0A { breakCount += 1 }
            index += 1
        }
        text += breakCount == 1 ? [0x20] : Array(repeating: 0x0A, count: breakCount - 1)
    }

    private mutating func escape(into text: inout [UInt8]) throws(FormatError) {
        index += 1
        let escaped = next
        index += 1
        switch escaped {
        case 0x0A:
            skipSpaces()
        case UInt8(ascii: "x"): try append(hexadecimal(2), to: &text)
        case UInt8(ascii: "u"):
            var value = try hexadecimal(4)
            // JSON writes what is beyond 16 bits as a pair.
            if (0xD800..<0xDC00).contains(value), bytes[index...].starts(with: "\\u".utf8) {
                index += 2
                let low = try hexadecimal(4)
                guard (0xDC00..<0xE000).contains(low) else {
                    throw error("half of a surrogate pair is missing")
                }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
            }
            try append(value, to: &text)
        case UInt8(ascii: "U"): try append(hexadecimal(8), to: &text)
        default:
            guard let meant = Self.escapes[escaped] else {
                throw error("there is no such escape sequence")
            }
            text += Array(meant.utf8)
        }
    }

    private func append(_ value: UInt32, to text: inout [UInt8]) throws(FormatError) {
        guard let scalar = Unicode.Scalar(value) else { throw error("there is no such character") }
        text += Array(String(scalar).utf8)
    }

    private mutating func hexadecimal(_ digitCount: Int) throws(FormatError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digitCount {
            guard let digit = ASCII.hexadecimalValue(next) else {
                throw error("there is no such escape sequence")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    private static let escapes: [UInt8: String] = [
        UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{7}", UInt8(ascii: "b"): "\u{8}",
        UInt8(ascii: "t"): "\t", 0x09: "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{B}",
        UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
        UInt8(ascii: " "): " ", UInt8(ascii: "\""): "\"", UInt8(ascii: "/"): "/",
        UInt8(ascii: "\\"): "\\", UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}",
        UInt8(ascii: "L"): "\u{2028}", UInt8(ascii: "P"): "\u{2029}",
    ]
}
