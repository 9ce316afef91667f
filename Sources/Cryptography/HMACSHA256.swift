internal import COpenSSL

/// HMAC with SHA-256 (RFC 2104).
package enum HMACSHA256 {
    /// The length of an authentication code in bytes.
    package static let byteCount = 32

    // A context with its hash chosen and no key, which each call duplicates: cheaper than to look
    // HMAC and SHA-256 up again. Never changed or freed, so any number of threads may read it.
    private nonisolated(unsafe) static let template: OpaquePointer? = makeContext()

    /// A context with its hash chosen and no key; whoever gets it frees it.
    static func makeContext() -> OpaquePointer? {
        guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else { return nil }
        let status = "SHA256".withCString { name in
            // libcrypto takes the name as mutable but only reads it.
            let parameters = [
                OSSL_PARAM_construct_utf8_string(
                    OSSL_MAC_PARAM_DIGEST,
                    UnsafeMutablePointer(mutating: name),
                    0
                ),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_CTX_set_params(context, parameters)
        }
        guard status == 1 else {
            EVP_MAC_CTX_free(context)
            return nil
        }
        return context
    }

    /// The 32-byte authentication code of `bytes` under `key`, which may have any length.
    ///
    /// Throws `libraryFailure`. Compare codes with `ConstantTime.equal`.
    package static func authenticate(
        _ bytes: [UInt8],
        key: KeyMaterial
    ) throws(CryptographyError) -> [UInt8] {
        try key.withBytes { key throws(CryptographyError) in try authenticate(bytes, key: key) }
    }

    /// The 32-byte authentication code of `bytes` under `key`, which may have any length.
    ///
    /// For keys that are public or codes themselves, as in the key derivation of AWS signatures.
    /// Throws `libraryFailure`.
    package static func authenticate(
        _ bytes: [UInt8],
        key: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try authenticate(bytes, key: key.span)
    }

    private static func authenticate(
        _ bytes: [UInt8],
        key: Span<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        guard let template, let context = EVP_MAC_CTX_dup(template) else {
            throw .fromLibrary(.authentication)
        }
        // Wipes the key's traces as well.
        defer { EVP_MAC_CTX_free(context) }
        let keyed = key.withUnsafeBufferPointer { key in
            guard let address = key.baseAddress, !key.isEmpty else {
                // A null key would mean "the one from before", so an empty one needs an address.
                return withUnsafePointer(to: UInt8(0)) { EVP_MAC_init(context, $0, 0, nil) }
            }
            return EVP_MAC_init(context, address, key.count, nil)
        }
        guard keyed == 1, EVP_MAC_update(context, bytes, bytes.count) == 1 else {
            throw .fromLibrary(.authentication)
        }
        let code = [UInt8](unsafeUninitializedCapacity: byteCount) { output, initializedCount in
            let status = EVP_MAC_final(context, output.baseAddress, &initializedCount, byteCount)
            if status != 1 { initializedCount = 0 }
        }
        guard code.count == byteCount else { throw .fromLibrary(.authentication) }
        return code
    }
}
