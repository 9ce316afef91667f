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
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for shift in stride(from: 60, through: 0, by: -4) {
            if shift == 28 || shift == 12 { text.append(UInt8(ascii: "-")) }
            text.append(digit(high >> UInt64(shift)))
        }
        text.append(UInt8(ascii: "-"))
        for shift in stride(from: 60, through: 0, by: -4) {
            if shift == 44 { text.append(UInt8(ascii: "-")) }
            text.append(digit(low >> UInt64(shift)))
        }
        return String(decoding: text, as: UTF8.self)
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
