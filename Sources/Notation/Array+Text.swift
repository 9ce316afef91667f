extension Array where Element == UInt8 {
    /// Appends the bytes of a text in one piece; `append(contentsOf:)` asks the text for them, and for a
    /// text of a few bytes that costs more than the copy.
    package mutating func append(text: String) {
        let bytes = text.utf8.span
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
