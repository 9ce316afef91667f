internal import COpenSSL

/// Randomness for keys, nonces and tokens.
///
/// libcrypto's generators, seeded and reseeded by the kernel. There is no seed to set and no
/// generator to pass in: a test seam here would be a vulnerability.
package enum SecureRandom {
    /// Gives `count` random bytes.
    ///
    /// Throws `invalidParameter` for a negative count, `libraryFailure` when the generator cannot
    /// be seeded; never weaker bytes instead.
    package static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        guard count >= 0 else { throw .invalidParameter(.randomBytes) }
        var bytes = [UInt8](repeating: 0, count: count)
        var output = bytes.mutableSpan
        try output.withUnsafeMutableBufferPointer { buffer throws(CryptographyError) in
            try fill(buffer, from: RAND_bytes)
        }
        return bytes
    }

    /// Fills `buffer` with bytes that are meant to stay secret.
    ///
    /// They come from a generator separate from that of public bytes, such as nonces: seeing many
    /// of those then says nothing about keys, even if the generator turns out to be flawed.
    static func fillPrivately(
        _ buffer: UnsafeMutableBufferPointer<UInt8>
    ) throws(CryptographyError) {
        try fill(buffer, from: RAND_priv_bytes)
    }

    /// Fills `buffer` with bytes that the world may see, such as a nonce.
    static func fillPublicly(
        _ buffer: UnsafeMutableBufferPointer<UInt8>
    ) throws(CryptographyError) {
        try fill(buffer, from: RAND_bytes)
    }

    private static func fill(
        _ buffer: UnsafeMutableBufferPointer<UInt8>,
        from generator: (UnsafeMutablePointer<UInt8>?, Int32) -> Int32
    ) throws(CryptographyError) {
        guard !buffer.isEmpty else { return }
        guard let count = Int32(exactly: buffer.count) else {
            throw .invalidParameter(.randomBytes)
        }
        guard generator(buffer.baseAddress, count) == 1 else { throw .fromLibrary(.randomBytes) }
    }
}
