internal import COpenSSL

/// What all connections of a server share that speak TLS: who it is, and what it takes.
///
/// TLS 1.2 and 1.3; of the protocols above it HTTP/1.1 alone.
package final class TLSContext: Sendable {
    /// OpenSSL lets any number of threads make connections of it, once it is as it should be.
    nonisolated(unsafe) let handle: OpaquePointer

    package init(_ identity: ServerIdentity) throws(TLSError) {
        guard let handle = SSL_CTX_new(TLS_server_method()) else { throw .fromLibrary() }
        self.handle = handle
        guard
            pocketvault_prepare_server(handle) == 1,
            SSL_CTX_use_certificate(handle, identity.certificates[0].handle) == 1,
            SSL_CTX_use_PrivateKey(handle, identity.key.handle) == 1,
            identity.certificates.dropFirst().allSatisfy({
                pocketvault_add_chain(handle, $0.handle) == 1
            })
        else { throw .fromLibrary() }
        SSL_CTX_set_alpn_select_cb(
            handle,
            { _, chosen, length, offered, count, _ in
                chooseProtocol(of: UnsafeBufferPointer(start: offered, count: Int(count))) {
                    chosen?.pointee = $0
                    length?.pointee = $1
                }
            },
            nil
        )
    }

    deinit { SSL_CTX_free(handle) }
}

/// Chooses HTTP/1.1 from names of which each has its length before it.
private func chooseProtocol(
    of offered: UnsafeBufferPointer<UInt8>,
    _ choose: (UnsafePointer<UInt8>?, UInt8) -> Void
) -> Int32 {
    var rest = offered[...]
    while let length = rest.first {
        let name = rest.dropFirst().prefix(Int(length))
        if name.elementsEqual("http/1.1".utf8) {
            choose(UnsafeBufferPointer(rebasing: name).baseAddress, length)
            return SSL_TLSEXT_ERR_OK
        }
        rest = rest.dropFirst(1 + Int(length))
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}
