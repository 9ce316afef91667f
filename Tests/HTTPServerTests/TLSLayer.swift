import COpenSSL
import Cryptography

/// TLS over a client's socket, by OpenSSL itself.
final class TLSLayer: Sendable {
    struct Settings: Sendable {
        /// PEM of whom to trust; nil to trust anybody.
        var trusted: [UInt8]?
        /// Who the server must be.
        var name = "localhost"
        /// The one version to speak; nil for any.
        var version: Int32?
        /// In the form of the protocol: each with its length before it.
        var protocols: [UInt8] = []
    }

    nonisolated(unsafe) private let context: OpaquePointer?
    nonisolated(unsafe) private let session: OpaquePointer?
    /// Whether the greeting came to a good end.
    let isAgreed: Bool

    init(over socket: Int32, _ settings: Settings) {
        context = SSL_CTX_new(TLS_client_method())
        if let trusted = settings.trusted {
            let store = SSL_CTX_get_cert_store(context)
            let memory = BIO_new_mem_buf(trusted, Int32(trusted.count))
            defer { BIO_free(memory) }
            let certificate = PEM_read_bio_X509(memory, nil, nil, nil)
            defer { X509_free(certificate) }
            X509_STORE_add_cert(store, certificate)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        }
        session = SSL_new(context)
        if let version = settings.version {
            let number = Int(version)
            SSL_ctrl(session, SSL_CTRL_SET_MIN_PROTO_VERSION, number, nil)
            SSL_ctrl(session, SSL_CTRL_SET_MAX_PROTO_VERSION, number, nil)
        }
        if !settings.protocols.isEmpty {
            SSL_set_alpn_protos(session, settings.protocols, UInt32(settings.protocols.count))
        }
        SSL_set1_host(session, settings.name)
        SSL_set_fd(session, socket)
        isAgreed = SSL_connect(session) == 1
        ERR_clear_error()
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    var version: String { String(cString: SSL_get_version(session)) }

    var chosenProtocol: String? {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(session, &start, &count)
        guard let start, count > 0 else { return nil }
        return String(decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    func send(_ bytes: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        return bytes.isEmpty || SSL_write(session, bytes, Int32(bytes.count)) == Int32(bytes.count)
    }

    func receive(_ count: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        let received = SSL_read(session, &buffer, Int32(count))
        ERR_clear_error()
        return received > 0 ? Array(buffer.prefix(Int(received))) : nil
    }

    /// Says that nothing more comes.
    func finish() {
        SSL_shutdown(session)
    }
}
