internal import COpenSSL

/// AES-256-GCM (NIST SP 800-38D): encryption that notices any change.
///
/// A sealed box is nonce (12 bytes) | ciphertext (as long as the plaintext) | tag (16 bytes). The
/// nonce is random and nobody can choose it: two texts under one key and nonce would give the key's
/// authentication away. Random nonces are safe for 2^32 boxes per key; Pocketvault's data keys seal
/// one each.
package enum AESGCM {
    /// The length of a key in bytes.
    package static let keyByteCount = 32
    /// How many bytes longer a sealed box is than its plaintext.
    package static let overheadByteCount = nonceByteCount + tagByteCount

    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    /// Encrypts `plaintext` and binds it to `additionalData`, which is not part of the box.
    ///
    /// Throws `wrongKeyLength` unless `key` has 32 bytes, `invalidParameter` for 2 GiB or more,
    /// `libraryFailure` when libcrypto, or its randomness, fails.
    package static func seal(
        _ plaintext: [UInt8],
        key: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try seal(plaintext.span, key: key, additionalData: additionalData)
    }

    /// Makes ready what the first box waits for.
    package static func prepare() { GCMContext.prepare() }

    /// Decrypts what `seal` gave, read in place: pass `array.span`, or a database's own memory.
    ///
    /// Throws `authenticationFailed` when the box was altered or cut short, or the key or
    /// additional data are others; then nothing of the plaintext stays in memory. Throws
    /// `wrongKeyLength`, `invalidParameter` and `libraryFailure` as `seal` does.
    package static func open(
        _ sealed: Span<UInt8>,
        key: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        // Not `unsafeUninitializedCapacity`: for an empty plaintext that writes to the storage which
        // all empty arrays share, and the thread sanitizer calls it a race.
        var plaintext = [UInt8](repeating: 0, count: try plaintextByteCount(sealed))
        var output = plaintext.mutableSpan
        try output.withUnsafeMutableBufferPointer { output throws(CryptographyError) in
            try open(sealed, into: output, key: key, additionalData: additionalData)
        }
        return plaintext
    }

    /// Encrypts one key under another, without a copy of it in an ordinary array.
    ///
    /// The result is a sealed box as `seal` gives it; throws as `seal` does.
    package static func sealKey(
        _ key: KeyMaterial,
        under wrappingKey: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try key.withBytes { key throws(CryptographyError) in
            try seal(key, key: wrappingKey, additionalData: additionalData)
        }
    }

    /// Decrypts a key that `sealKey` gave straight into wiped memory; throws as `open` does.
    package static func openKey(
        _ sealed: Span<UInt8>,
        under wrappingKey: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) -> KeyMaterial {
        let count = try plaintextByteCount(sealed)
        return try KeyMaterial(byteCount: count) { key throws(CryptographyError) in
            try open(sealed, into: key, key: wrappingKey, additionalData: additionalData)
        }
    }

    private static func plaintextByteCount(
        _ sealed: borrowing Span<UInt8>
    ) throws(CryptographyError) -> Int {
        guard sealed.count >= overheadByteCount else { throw .authenticationFailed }
        return sealed.count - overheadByteCount
    }

    private static func seal(
        _ plaintext: Span<UInt8>,
        key: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: plaintext.count + overheadByteCount)
        var box = sealed.mutableSpan
        try box.withUnsafeMutableBufferPointer { box throws(CryptographyError) in
            let nonce = UnsafeMutableBufferPointer(rebasing: box[..<nonceByteCount])
            let tag = UnsafeMutableBufferPointer(rebasing: box.suffix(tagByteCount))
            try SecureRandom.fillPublicly(nonce)
            let context = try GCMContext(.seal, key: key, nonce: UnsafeBufferPointer(nonce))
            try context.authenticate(additionalData)
            try plaintext.withUnsafeBufferPointer { plaintext throws(CryptographyError) in
                try context.transform(plaintext, into: box.baseAddress.map { $0 + nonce.count })
            }
            try context.finish(writingTagTo: tag)
        }
        return sealed
    }

    /// Fills `output`, or wipes it and throws.
    private static func open(
        _ sealed: Span<UInt8>,
        into output: UnsafeMutableBufferPointer<UInt8>,
        key: KeyMaterial,
        additionalData: [UInt8]
    ) throws(CryptographyError) {
        do throws(CryptographyError) {
            try sealed.withUnsafeBufferPointer { box throws(CryptographyError) in
                let nonce = UnsafeBufferPointer(rebasing: box.prefix(nonceByteCount))
                let tag = UnsafeBufferPointer(rebasing: box.suffix(tagByteCount))
                let ciphertext = box[nonceByteCount..<(box.count - tagByteCount)]
                let context = try GCMContext(.open, key: key, nonce: nonce)
                try context.authenticate(additionalData)
                try context.transform(
                    UnsafeBufferPointer(rebasing: ciphertext),
                    into: output.baseAddress
                )
                try context.finish(checking: tag)
            }
        } catch {
            // GCM decrypts before it knows whether the text is genuine.
            OPENSSL_cleanse(output.baseAddress, output.count)
            throw error
        }
    }
}
