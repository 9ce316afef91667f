internal import COpenSSL

/// The server's side of one connection that speaks TLS, over a socket that never waits.
///
/// For one thread at a time. The socket stays its owner's.
package final class TLSSession {
    /// What came of an attempt.
    package enum Outcome: Equatable {
        /// So many bytes went through.
        case done(Int)
        /// The socket has to be ready first.
        case blocked
        /// The client has said that nothing more comes from it.
        case ended
        case failed(Failure)
    }

    /// Why there is nothing more to be had.
    package enum Failure: Equatable {
        /// The client does not trust who signed the certificate, or the name in it.
        case untrusted
        case other
    }

    private let handle: OpaquePointer

    /// A connection whose greeting is still to come.
    package init(_ context: TLSContext, over socket: Int32) throws(TLSError) {
        guard let handle = SSL_new(context.handle) else { throw .fromLibrary() }
        self.handle = handle
        guard SSL_set_fd(handle, socket) == 1 else { throw .fromLibrary() }
        SSL_set_accept_state(handle)
    }

    deinit { SSL_free(handle) }

    /// Goes on with the greeting.
    package func accept() -> Outcome {
        ERR_clear_error()
        return outcome(SSL_do_handshake(handle))
    }

    /// Takes what the client sent.
    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        ERR_clear_error()
        return outcome(SSL_read(handle, buffer.baseAddress, Int32(clamping: buffer.count)))
    }

    /// Sends some of the bytes; what was blocked once has to be tried again with the same ones.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        ERR_clear_error()
        return outcome(SSL_write(handle, bytes.baseAddress, Int32(clamping: bytes.count)))
    }

    /// Says that nothing more comes.
    package func end() -> Outcome {
        ERR_clear_error()
        let result = SSL_shutdown(handle)
        // Nought: the client has not said it yet, which is not waited for.
        return result >= 0 ? .done(0) : outcome(result)
    }

    private func outcome(_ result: Int32) -> Outcome {
        if result > 0 { return .done(Int(result)) }
        switch SSL_get_error(handle, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .blocked
        case SSL_ERROR_ZERO_RETURN: return .ended
        default: return .failed(TLSSession.failure(ERR_peek_error()))
        }
    }

    /// What the client's last word was, if it had one.
    private static func failure(_ code: UInt) -> Failure {
        switch Int32(truncatingIfNeeded: code & UInt(ERR_REASON_MASK)) {
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA, SSL_R_SSLV3_ALERT_BAD_CERTIFICATE,
            SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
            .untrusted
        default: .other
        }
    }
}
