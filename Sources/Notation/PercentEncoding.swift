/// Percent-encoding, RFC 3986 section 2.1.
package enum PercentEncoding {
    /// Escapes all but the unreserved characters, digits in upper case: as AWS signs paths and
    /// queries, and as IAM answers policy documents.
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - kept: further characters that stay as they are.
    /// - Returns: the escaped text.
    package static func encode(_ text: String, keeping kept: StaticString = "") -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) || kept.description.utf8.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0xF)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What to do with a percent sign that two hexadecimal digits do not follow.
    package enum Malformed {
        /// It stands for itself, as forms have it.
        case kept
        /// The whole text is refused.
        case refused
    }

    /// The bytes that a text stands for; nil when it is malformed, and that is refused.
    package static func decode(
        _ text: some Sequence<UInt8>,
        malformed: Malformed = .refused
    ) -> [UInt8]? {
        let bytes = Array(text)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            if index + 1 < bytes.count, let high = ASCII.hexadecimalValue(bytes[index]),
                let low = ASCII.hexadecimalValue(bytes[index + 1])
            {
                decoded.append(high << 4 | low)
                index += 2
            } else if malformed == .kept {
                decoded.append(byte)
            } else {
                return nil
            }
        }
        return decoded
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"): true
        default: ASCII.isAlphanumeric(byte)
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
