/// The bytes of a file as text.
enum FileText {
    /// The text of bytes that must be UTF-8.
    static func of(_ bytes: [UInt8]) throws(FormatError) -> String {
        do throws(UTF8.ValidationError) {
            return String(copying: try UTF8Span(validating: bytes.span))
        } catch {
            let line = line(of: error.byteOffsets.lowerBound, in: bytes)
            throw FormatError(.line(line), "these bytes are not UTF-8")
        }
    }

    /// The line, from 1, of a place.
    static func line(of place: Int, in bytes: [UInt8]) -> Int {
        var lines = LineCounter(lineFeed: UInt8(ascii: "\n"))
        return lines.number(of: place, in: bytes)
    }
}
