/// A place in a document as an editor shows it.
package struct JSONPosition: Sendable, Equatable {
    /// The line, from 1.
    package let line: Int
    /// The character in that line, from 1.
    package let column: Int

    /// Counts lines and characters up to an offset.
    init(of offset: Int, in bytes: Span<UInt8>) {
        var line = 1
        var column = 1
        for index in 0..<min(offset, bytes.count) {
            if bytes[index] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if bytes[index] & 0xC0 != 0x80 {
                // The continuation bytes of UTF-8 belong to a character already counted.
                column += 1
            }
        }
        self.line = line
        self.column = column
    }
}
