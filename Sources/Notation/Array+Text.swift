extension Array where Element == UInt8 {
    /// Appends the bytes of a text in one piece; `append(contentsOf:)` asks the text for them, and for a
    /// text of a few bytes that costs more than the copy.
    package mutating func append(text: String) {
        append(bytes: text.utf8.span)
    }

    /// Appends the decimal digits of a number, with zeros in front where it has fewer; 20 at most.
    package mutating func append(decimal number: UInt64, digits: Int = 1) {
        // The largest has 20.
        var text = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
        var (rest, start) = (number, text.count)
        while rest > 0 || text.count - start < digits {
            start -= 1
            text[start] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        append(bytes: text.span.extracting(start..<text.count))
    }

    /// Appends bytes in one piece.
    package mutating func append(bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
