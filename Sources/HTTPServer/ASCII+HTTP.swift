internal import Notation

/// The classes of bytes that the grammar of HTTP speaks of.
extension ASCII {
    /// Whether the byte may be part of a token of RFC 9110 (a method, a field name).
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let half = byte < 64 ? tokenLow : tokenHigh
        return half >> UInt64(byte & 63) & 1 == 1
    }

    /// Whether the byte may be part of a request target, without white space or controls.
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F
    }

    /// A bit for each character of a token: digits and some signs, then letters and some more.
    private static let tokenLow: UInt64 = 0x03FF_6CFA_0000_0000
    private static let tokenHigh: UInt64 = 0x57FF_FFFF_C7FF_FFFE
}

extension ASCII {
    /// Whether the two are the same but for the case of letters; `name` is in lower case.
    static func isSame(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, _ name: StaticString) -> Bool {
        guard bytes.count == name.utf8CodeUnitCount else { return false }
        var letter = name.utf8Start
        for byte in bytes {
            guard byte == letter.pointee || lowercased(byte) == letter.pointee else {
                return false
            }
            letter += 1
        }
        return true
    }

    /// Whether the two are the same but for the case of letters; `name` is in lower case.
    static func isSame(_ text: String, _ name: StaticString) -> Bool {
        var text = text
        return text.withUTF8 { isSame($0[...], name) }
    }
}
