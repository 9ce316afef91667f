internal import COpenSSL

/// Secret bytes, usually a 256-bit key, in memory of their own that is wiped on release.
///
/// The bytes never change after `init` and are lent, not handed out. They are on the ordinary
/// heap: keeping them out of core dumps with `madvise` works on whole pages, so it would cost each
/// data key a page and three system calls, while libcrypto's expanded copy of the same key stays
/// dumpable. The process forbids core dumps instead (`RLIMIT_CORE` is 0).
package final class KeyMaterial: Sendable {
    // Sendable although it is a pointer: written only while `init` runs, before anyone else can
    // have a reference, and again only in `deinit`, when nobody else has one any more.
    private nonisolated(unsafe) let storage: UnsafeMutableBufferPointer<UInt8>

    /// Allocates `byteCount` zeroed bytes and lets `initialize` fill them.
    ///
    /// The road for libcrypto to write a key without it ever being in an ordinary array. When
    /// `initialize` throws, whatever it has written is wiped.
    init<E>(
        byteCount: Int,
        initializedBy initialize: (UnsafeMutableBufferPointer<UInt8>) throws(E) -> Void
    ) throws(E) {
        storage = .allocate(capacity: byteCount)
        storage.initialize(repeating: 0)
        // A class whose stored properties are all set runs `deinit` even if its `init` throws.
        try initialize(storage)
    }

    /// Copies `bytes`; wiping the original is its owner's business.
    package convenience init(copying bytes: Span<UInt8>) {
        self.init(byteCount: bytes.count) { storage in
            bytes.withUnsafeBufferPointer { source in
                _ = storage.update(fromContentsOf: source)
            }
        }
    }

    /// Copies `bytes`; the array itself is not wiped, so prefer `random`, `AESGCM.openKey` and
    /// `Scrypt.deriveKey`, which never make one.
    package convenience init(bytes: [UInt8]) {
        self.init(copying: bytes.span)
    }

    deinit {
        OPENSSL_cleanse(storage.baseAddress, storage.count)
        storage.deallocate()
    }

    /// A fresh random key, of 32 bytes unless asked otherwise.
    ///
    /// Throws `invalidParameter` for a negative count, `libraryFailure` when randomness fails.
    package static func random(byteCount: Int = 32) throws(CryptographyError) -> KeyMaterial {
        guard byteCount >= 0 else { throw .invalidParameter(.randomBytes) }
        return try KeyMaterial(byteCount: byteCount) { storage throws(CryptographyError) in
            try SecureRandom.fillPrivately(storage)
        }
    }

    /// How many bytes the key has.
    package var byteCount: Int { storage.count }

    /// Lends the bytes to `body`, which must not copy them to a place that is not wiped.
    package func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // Without this the optimiser may release, and so wipe, the key while `body` still reads.
        defer { extendLifetime(self) }
        return try body(UnsafeBufferPointer(storage).span)
    }
}

extension KeyMaterial: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always `<redacted>`.
    package var description: String { "<redacted>" }

    /// Always `<redacted>`.
    package var debugDescription: String { "<redacted>" }

    /// Shows no members, so that `dump` and test failures do not either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
