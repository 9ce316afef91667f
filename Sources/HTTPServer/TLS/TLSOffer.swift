package import Cryptography

/// That a listener also speaks TLS, to clients that begin with it.
package struct TLSOffer: Sendable {
    /// What the next client is spoken to by; nil turns it away.
    let context: @Sendable () -> TLSContext?
    /// Is told of clients that do not trust the certificate.
    let untrusted: @Sendable () -> Void

    package init(
        by context: @escaping @Sendable () -> TLSContext?,
        untrusted: @escaping @Sendable () -> Void = {}
    ) {
        self.context = context
        self.untrusted = untrusted
    }
}
