extension Array where Element == UInt8 {
    /// Appends the bytes of a text in one piece; `append(contentsOf:)` asks the text for them, and for a
    /// text of a few bytes that costs more than the copy.
    package mutating func append(text: String) {
        append(bytes: text.utf8.span)
    }

    /// Appends bytes in one piece.
    package mutating func append(bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
