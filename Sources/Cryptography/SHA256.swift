internal import COpenSSL
internal import Notation

/// SHA-256 (FIPS 180-4).
///
/// By the functions that libcrypto has for this hash alone. The way to any hash by its name, `EVP`, makes
/// and frees a context each time, which for a request costs more than to hash it.
package enum SHA256 {
    /// The length of a hash in bytes.
    package static let byteCount = 32
    /// How many bytes it takes in at a time.
    static let blockByteCount = 64

    /// The 32-byte hash of `bytes`.
    package static func hash(_ bytes: [UInt8]) -> [UInt8] {
        var state = SHA256_CTX()
        SHA256_Init(&state)
        SHA256_Update(&state, bytes, bytes.count)
        return [UInt8](unsafeUninitializedCapacity: byteCount) { output, initializedCount in
            SHA256_Final(output.baseAddress, &state)
            initializedCount = byteCount
        }
    }

    /// The hash of `bytes` as 64 lower-case hexadecimal digits, as AWS signatures write it.
    package static func hexadecimal(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(hash(bytes))
    }
}
