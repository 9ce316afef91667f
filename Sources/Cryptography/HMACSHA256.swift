/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    /// The length of an authentication code in bytes.
    package static let byteCount = SHA256.byteCount

    /// The 32-byte authentication code of `bytes` under `key`, which may have any length.
    ///
    /// Compare codes with `ConstantTime.equal`.
    package static func authenticate(_ bytes: [UInt8], key: KeyMaterial) -> [UInt8] {
        key.withBytes { authenticate(bytes, key: $0) }
    }

    /// The 32-byte authentication code of `bytes` under `key`, which may have any length.
    ///
    /// For keys that are public or codes themselves, as in the key derivation of AWS signatures.
    package static func authenticate(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        authenticate(bytes, key: key.span)
    }

    private static func authenticate(_ bytes: [UInt8], key: Span<UInt8>) -> [UInt8] {
        let words = RepeatedHMAC(key: key).authenticate(bytes)
        return withUnsafeBytes(of: words) { Array($0) }
    }
}
