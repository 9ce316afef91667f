internal import COpenSSL

/// scrypt (RFC 7914): a key from a passphrase, made slow and memory-hungry on purpose.
package enum Scrypt {
    /// The most memory one derivation may use, in bytes.
    ///
    /// `N` = 2^17 with `r` = 8 needs 128 MiB and a little. A database whose stored parameters ask
    /// for more than this is refused instead of exhausting the machine.
    package static let memoryLimitBytes = 160 * 1024 * 1024

    /// Derives a key of `byteCount` bytes from `passphrase`.
    ///
    /// - Parameters:
    ///   - passphrase: What a person remembers; not wiped.
    ///   - salt: Random, stored beside what the key protects; 16 bytes or more.
    ///   - N: The cost in processor time and memory, a power of two above 1.
    ///   - r: The block size in units of 128 bytes, 1 or more.
    ///   - p: How often the work is done, 1 or more.
    ///   - byteCount: The length of the key in bytes, 1 or more.
    /// - Returns: The key; it was never in memory that is not wiped.
    /// - Throws: `invalidParameter` when one is out of range or 128 · `N` · `r` bytes and a little
    ///   exceed `memoryLimitBytes`; `libraryFailure` when memory runs out.
    package static func deriveKey(
        passphrase: [UInt8],
        salt: [UInt8],
        N: Int,
        r: Int,
        p: Int,
        byteCount: Int = 32
    ) throws(CryptographyError) -> KeyMaterial {
        guard
            byteCount > 0,
            let cost = UInt64(exactly: N),
            let blockSize = UInt64(exactly: r),
            let parallelisation = UInt64(exactly: p),
            isAllowed(N: cost, r: blockSize, p: parallelisation)
        else { throw .invalidParameter(.keyDerivation) }
        return try KeyMaterial(byteCount: byteCount) { key throws(CryptographyError) in
            let status = passphrase.withUnsafeBytes { passphrase in
                EVP_PBE_scrypt(
                    passphrase.baseAddress,
                    passphrase.count,
                    salt,
                    salt.count,
                    cost,
                    blockSize,
                    parallelisation,
                    UInt64(memoryLimitBytes),
                    key.baseAddress,
                    key.count
                )
            }
            guard status == 1 else { throw .fromLibrary(.keyDerivation) }
        }
    }

    /// Whether libcrypto takes these costs within `memoryLimitBytes`.
    private static func isAllowed(N: UInt64, r: UInt64, p: UInt64) -> Bool {
        // Without an output it only checks the parameters.
        let status = EVP_PBE_scrypt(nil, 0, nil, 0, N, r, p, UInt64(memoryLimitBytes), nil, 0)
        if status != 1 { ERR_clear_error() }
        return status == 1
    }
}
