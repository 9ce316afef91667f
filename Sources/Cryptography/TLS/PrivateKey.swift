internal import COpenSSL

/// The secret half of a pair of keys, by which certificates are signed and a server shows who it is.
///
/// OpenSSL wipes it when it is let go.
package final class PrivateKey: Sendable {
    /// Read by OpenSSL alone, which lets any number of threads do so.
    nonisolated(unsafe) let handle: OpaquePointer

    private init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { EVP_PKEY_free(handle) }

    /// A new key, on the curve P-256.
    package static func make() throws(TLSError) -> PrivateKey {
        guard let handle = pocketvault_make_key() else { throw .fromLibrary() }
        return PrivateKey(handle)
    }

    /// Reads the first key of a text.
    package init(pem text: [UInt8]) throws(TLSError) {
        // Nobody is asked for a passphrase: OpenSSL would, on the terminal.
        var isLocked = false
        let handle = withUnsafeMutablePointer(to: &isLocked) { isLocked in
            PEM.reading(text) { memory in
                PEM_read_bio_PrivateKey(
                    memory,
                    nil,
                    { _, _, _, isLocked in
                        isLocked?.assumingMemoryBound(to: Bool.self).pointee = true
                        return -1
                    },
                    isLocked
                )
            }
        }
        ERR_clear_error()
        guard let handle = handle ?? nil else { throw isLocked ? .lockedKey : .noKey }
        self.handle = handle
    }

    /// The key as a text, which is as secret as the key.
    package func pem() throws(TLSError) -> [UInt8] {
        try PEM.written { PEM_write_bio_PrivateKey($0, handle, nil, nil, 0, nil, nil) }
    }
}
