internal import COpenSSL
internal import Notation

/// SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The length of a hash in bytes.
    package static let byteCount = 32

    // Fetched once: asking libcrypto's providers costs as much as hashing a small request.
    // Never freed, and libcrypto lets any number of threads read one.
    private nonisolated(unsafe) static let algorithm: OpaquePointer? = EVP_MD_fetch(
        nil,
        "SHA256",
        nil
    )

    /// The 32-byte hash of `bytes`.
    ///
    /// Stops the process if libcrypto cannot hash, as it does only without memory or when it is
    /// installed without its default algorithms: no caller could go on.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { output, initializedCount in
            let status = EVP_Digest(bytes, bytes.count, output.baseAddress, nil, algorithm, nil)
            precondition(status == 1, "libcrypto cannot compute SHA-256")
            initializedCount = byteCount
        }
    }

    /// The hash of `bytes` as 64 lower-case hexadecimal digits, as AWS signatures write it.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(hash(bytes))
    }
}
