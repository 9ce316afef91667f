/// Base64 with padding, RFC 4648 section 4: how a master key is written down.
enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")

    static func encode(_ bytes: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < count ? UInt32(bytes[start + offset]) : 0)
            }
            for digit in 0..<4 {
                let index = Int(group >> (18 - 6 * UInt32(digit)) & 63)
                text.append(digit <= count ? alphabet[index] : padding)
            }
        }
        return text
    }

    /// The bytes, or nil when `text` is not base64 with the padding it must have.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let digits = text.prefix { $0 != padding }
        let paddingCount = text.count - digits.count
        guard paddingCount <= 2, text.suffix(paddingCount).allSatisfy({ $0 == padding }) else {
            return nil
        }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
        // Left-over bits that are not zero would make two texts mean the same key.
        return bits & ((1 << UInt32(bitCount)) - 1) == 0 ? bytes : nil
    }
}
