internal import Logging
internal import Threads

/// What the log says of clients that come the wrong way; of each kind once.
final class TLSHints: Sendable {
    private let logger: Logger
    private let told = Locked(Set<String>())

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// Somebody does not take the certificate for good.
    func untrusted() {
        tell(
            """
            A client does not trust this server's certificate: name its authority to the client \
            (pocketvault env does), or ask for a name that is in it (--tls-name).
            """
        )
    }

    /// Somebody speaks no HTTP, and there is nothing else.
    func unheard() {
        tell(
            """
            A client spoke no HTTP to the http port, as an https client does: serve with --tls, or \
            use http:// in its endpoint.
            """
        )
    }

    private func tell(_ sentence: String) {
        guard told.withLock({ $0.insert(sentence).inserted }) else { return }
        logger.warning("\(sentence)")
    }
}
