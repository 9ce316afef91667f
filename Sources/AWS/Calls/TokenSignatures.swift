package import Notation

/// Whether the signature of an identity provider's token is looked at, and with which keys.
///
/// [JSON Web Signature](https://www.rfc-editor.org/rfc/rfc7515)
package struct TokenSignatures: Sendable {
    private let verify: (@Sendable (SignedText) -> Bool)?

    /// What was signed, and how its header says that it was.
    package struct SignedText: Sendable {
        /// As in `RS256`.
        package let algorithm: String
        /// Which of the provider's keys; nil when the header does not say.
        package let keyID: String?
        package let text: [UInt8]
        package let signature: [UInt8]

        package init(algorithm: String, keyID: String?, text: [UInt8], signature: [UInt8]) {
            self.algorithm = algorithm
            self.keyID = keyID
            self.text = text
            self.signature = signature
        }
    }

    /// - Parameter verify: whether a signature is one of the keys that are known; asked on the write
    ///   lane, so it must be quick.
    package init(verify: @escaping @Sendable (SignedText) -> Bool) {
        self.verify = verify
    }

    private init() {
        verify = nil
    }

    /// Nobody looks: every signature will do.
    package static let unchecked = TokenSignatures()

    func accept(_ signed: SignedText) -> Bool { verify?(signed) ?? true }
}

/// As whom somebody calls who signs nothing, and where.
package struct UnsignedCaller: Sendable {
    package let scope: Scope
    package let principal: CallerPrincipal

    package init(scope: Scope, principal: CallerPrincipal) {
        self.scope = scope
        self.principal = principal
    }
}
