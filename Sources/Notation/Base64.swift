/// Base64 with padding, RFC 4648 section 4.
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    /// The number of each digit, by its byte; 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()
    private static let padding = UInt8(ascii: "=")

    /// The text of some bytes.
    package static func encode(_ bytes: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        let alphabet = alphabet
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

    /// The text of some bytes.
    package static func text(_ bytes: [UInt8]) -> String {
        String(decoding: encode(bytes.span), as: UTF8.self)
    }

    /// What the last digit may say beyond the last byte.
    package enum SpareBits {
        /// Nothing, so that each value has one spelling.
        case zero
        /// Anything: most decoders of clients and of AWS look the other way.
        case ignored
    }

    /// The bytes, or nil when `text` is not base64 with the padding it must have.
    package static func decode(
        _ text: some Sequence<UInt8>,
        spareBits: SpareBits = .zero
    ) -> [UInt8]? {
        let text = Array(text)
        guard text.count % 4 == 0 else { return nil }
        let digits = text.prefix { $0 != padding }
        let paddingCount = text.count - digits.count
        guard paddingCount <= 2, text.suffix(paddingCount).allSatisfy({ $0 == padding }) else {
            return nil
        }
        let values = values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
        }
        return spareBits == .ignored || bits & ((1 << bitCount) - 1) == 0 ? bytes : nil
    }
}

/// Base64 in the alphabet for URLs, without padding, RFC 4648 section 5.
extension Base64 {
    /// The text of some bytes.
    package static func urlText(_ bytes: [UInt8]) -> String {
        let text = encode(bytes.span).prefix { $0 != padding }
        return String(
            decoding: text.map { byte in
                switch byte {
                case UInt8(ascii: "+"): UInt8(ascii: "-")
                case UInt8(ascii: "/"): UInt8(ascii: "_")
                default: byte
                }
            },
            as: UTF8.self
        )
    }

    /// The bytes, or nil when `text` is not base64 of this kind.
    package static func decode(urlText text: some StringProtocol) -> [UInt8]? {
        var standard = text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while standard.count % 4 != 0 { standard.append(padding) }
        return decode(standard, spareBits: .ignored)
    }
}
