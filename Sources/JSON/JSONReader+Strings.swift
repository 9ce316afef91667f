extension JSONReader {
    /// Reads the string whose opening quotation mark is here.
    mutating func string(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
        let start = index + 1
        var end = start
        var hasEscapes = false
        while true {
            guard end < bytes.count else {
                throw JSONSyntaxError(.unexpectedEnd, at: bytes.count, in: bytes)
            }
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x20 else {
                throw JSONSyntaxError(.controlCharacter, at: end, in: bytes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                end += 1
            }
            end += 1
        }
        index = end + 1
        return hasEscapes
            ? try unescaped(start..<end, in: bytes) : try text(start..<end, in: bytes)
    }

    /// The text of these bytes, which must be UTF-8.
    func text(_ range: Range<Int>, in bytes: Span<UInt8>) throws(JSONSyntaxError) -> String {
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            let offset = range.lowerBound + error.byteOffsets.lowerBound
            throw JSONSyntaxError(.invalidUTF8, at: offset, in: bytes)
        }
    }

    /// The text that these bytes, escape sequences among them, stand for.
    private func unescaped(
        _ range: Range<Int>,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> String {
        var decoded: [UInt8] = []
        var place = range.lowerBound
        // No escape sequence is shorter than what it stands for.
        try decoded.append(addingCapacity: range.count) {
            (output: inout OutputSpan<UInt8>) throws(JSONSyntaxError) in
            while place < range.upperBound {
                guard bytes[place] == UInt8(ascii: "\\") else {
                    output.append(bytes[place])
                    place += 1
                    continue
                }
                let scalar = try escape(at: &place, before: range.upperBound, in: bytes)
                for byte in scalar.utf8 { output.append(byte) }
            }
        }
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: decoded.span))
        } catch {
            // The escape sequences are good, so the bytes between them are not: say which.
            _ = try text(range, in: bytes)
            throw JSONSyntaxError(.invalidUTF8, at: range.lowerBound, in: bytes)
        }
    }
}

// MARK: - Escape sequences

extension JSONReader {
    /// Reads the escape sequence at a place and moves the place behind it.
    private func escape(
        at place: inout Int,
        before end: Int,
        in bytes: Span<UInt8>
    ) throws(JSONSyntaxError) -> Unicode.Scalar {
        let start = place
        place += 2
        // The string's end was found by stepping over pairs, so the letter is inside.
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw JSONSyntaxError(.invalidEscape, at: start, in: bytes)
        }
        guard let unit = codeUnit(at: &place, before: end, in: bytes) else {
            throw JSONSyntaxError(.invalidEscape, at: start, in: bytes)
        }
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, place + 1 < end, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        else {
            throw JSONSyntaxError(.loneSurrogate, at: start, in: bytes)
        }
        let second = place
        place += 2
        guard let low = codeUnit(at: &place, before: end, in: bytes) else {
            throw JSONSyntaxError(.invalidEscape, at: second, in: bytes)
        }
        // Only a low surrogate comes out of this between 0 and 0x3FF.
        let offset = UInt32(low) &- 0xDC00
        guard offset < 0x400,
            let scalar = Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + offset)
        else {
            throw JSONSyntaxError(.loneSurrogate, at: start, in: bytes)
        }
        return scalar
    }

    /// Reads four hexadecimal digits and moves the place behind them; nil when they are not there.
    private func codeUnit(
        at place: inout Int,
        before end: Int,
        in bytes: Span<UInt8>
    ) -> UInt16? {
        guard place + 4 <= end else { return nil }
        var unit: UInt16 = 0
        for index in place..<(place + 4) {
            guard let digit = hexadecimalDigit(bytes[index]) else { return nil }
            unit = unit << 4 | digit
        }
        place += 4
        return unit
    }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
