internal import COpenSSL

/// HMAC with SHA-256 of many short messages under one key, which is taken in once: half as dear as
/// `HMACSHA256`, which takes the key in for each.
///
/// It serves one thread at a time.
package final class RepeatedHMAC {
    /// A code as four words, in the order of its bytes; each is as this machine reads it.
    package typealias Words = (UInt64, UInt64, UInt64, UInt64)

    private let context: OpaquePointer

    /// Throws `libraryFailure`.
    package init(key: KeyMaterial) throws(CryptographyError) {
        guard let context = HMACSHA256.makeContext() else { throw .fromLibrary(.authentication) }
        self.context = context
        let status = key.withBytes { key in
            key.withUnsafeBufferPointer { EVP_MAC_init(context, $0.baseAddress, $0.count, nil) }
        }
        // A class whose stored properties are all set runs `deinit` even if its `init` throws.
        guard status == 1 else { throw .fromLibrary(.authentication) }
    }

    deinit {
        // Wipes the key's traces as well.
        EVP_MAC_CTX_free(context)
    }

    /// The code of `bytes`.
    ///
    /// Throws `libraryFailure`.
    package func authenticate(_ bytes: [UInt8]) throws(CryptographyError) -> Words {
        var words: Words = (0, 0, 0, 0)
        var count = 0
        let status = withUnsafeMutableBytes(of: &words) { output in
            // Without a key it begins anew with the one that it has.
            guard EVP_MAC_init(context, nil, 0, nil) == 1,
                EVP_MAC_update(context, bytes, bytes.count) == 1
            else { return Int32(0) }
            return EVP_MAC_final(
                context,
                output.baseAddress?.assumingMemoryBound(to: UInt8.self),
                &count,
                output.count
            )
        }
        guard status == 1, count == HMACSHA256.byteCount else {
            throw .fromLibrary(.authentication)
        }
        return words
    }
}
