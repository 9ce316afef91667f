/// The text of a UUID, in lower case.
///
/// Not Foundation's, because one is needed for every request.
package enum UUIDText {
    /// - Parameters:
    ///   - words: 128 bits, six of which give way to version and variant.
    ///   - version: the UUID's version.
    /// - Returns: the text, as in `f81d4fae-7dec-4d06-a765-00a0c91e6bf6`.
    package static func make(from words: (high: UInt64, low: UInt64), version: UInt64) -> String {
        let high = words.high & ~0xF000 | version << 12
        let low = words.low & ~(0b11 << 62) | 0b10 << 62
        var text = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        var place = 0
        for digitNumber in 0..<32 {
            if digitNumber == 8 || digitNumber == 12 || digitNumber == 16 || digitNumber == 20 {
                place += 1
            }
            let word = digitNumber < 16 ? high : low
            text[place] = digit(word >> UInt64(60 - digitNumber % 16 * 4))
            place += 1
        }
        // Digits and hyphens are UTF-8.
        return String(copying: unsafe UTF8Span(unchecked: text.span, isKnownASCII: true))
    }

    /// Whether a text has the form of one, in either case.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.joined().allSatisfy { ASCII.hexadecimalValue($0) != nil }
    }

    private static func digit(_ word: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: word & 0xF)
        return value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
