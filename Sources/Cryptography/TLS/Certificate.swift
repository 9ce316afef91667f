internal import COpenSSL

/// A certificate of X.509: whose key it is, and who says so.
package final class Certificate: Sendable {
    /// Not changed any more, once it is here.
    nonisolated(unsafe) let handle: OpaquePointer

    /// Takes over what OpenSSL made.
    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit { X509_free(handle) }

    /// All certificates of a text, in their order.
    package static func all(pem text: [UInt8]) throws(TLSError) -> [Certificate] {
        let found = PEM.reading(text) { memory in
            var found: [Certificate] = []
            while let handle = PEM_read_bio_X509(memory, nil, nil, nil) {
                found.append(Certificate(handle))
            }
            return found
        }
        // Where there is no further one, that is an error of OpenSSL's.
        ERR_clear_error()
        guard let found, !found.isEmpty else { throw .noCertificate }
        return found
    }

    /// The certificate as a text.
    package func pem() throws(TLSError) -> [UInt8] {
        try PEM.written { PEM_write_bio_X509($0, handle) }
    }

    /// Whether the key is the one that it is about.
    package func isOf(_ key: PrivateKey) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_private_key(handle, key.handle) == 1
    }

    /// Whether it may sign others.
    package var isAuthority: Bool { X509_check_ca(handle) == 1 }

    /// Whether it has ended by then, in seconds of Unix's time.
    package func hasEnded(at seconds: Int64) -> Bool {
        var time = time_t(seconds)
        // The comparison says of the former whether it is later; it is never equal.
        return X509_cmp_time(X509_get0_notAfter(handle), &time) <= 0
    }

    /// Whether it is for that name of a server.
    package func isFor(host: String) -> Bool {
        X509_check_host(handle, host, host.utf8.count, 0, nil) == 1
            || X509_check_ip_asc(handle, host, 0) == 1
    }
}
