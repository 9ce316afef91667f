internal import Notation

extension JSONReader {
    /// Reads the number that begins here.
    mutating func number(in bytes: Span<UInt8>) throws(JSONSyntaxError) -> JSONNumber {
        let start = index
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "0"),
            ASCII.isDigit(bytes[index + 1])
        {
            throw JSONSyntaxError(.leadingZero, at: index, in: bytes)
        }
        try digits(in: bytes)
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            try digits(in: bytes)
        }
        if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < bytes.count,
                bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
            {
                index += 1
            }
            try digits(in: bytes)
        }
        return JSONNumber(checkedText: try text(start..<index, in: bytes))
    }

    /// Steps over digits, at least one.
    private mutating func digits(in bytes: Span<UInt8>) throws(JSONSyntaxError) {
        guard ASCII.isDigit(try next(in: bytes)) else {
            throw JSONSyntaxError(.malformedNumber, at: index, in: bytes)
        }
        while index < bytes.count, ASCII.isDigit(bytes[index]) { index += 1 }
    }
}
