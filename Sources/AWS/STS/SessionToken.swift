internal import Notation

/// The token of a session: the session itself, sealed, as text.
package struct SessionToken: Sendable {
    package let text: String

    /// A token as somebody sent it.
    package init(_ text: String) {
        self.text = text
    }

    /// The token of a session that is given out.
    package init(of session: Session, in vault: any VaultWriting) throws(APIError) {
        text = Base64.text(try vault.sealSession(session.bytes))
    }

    /// The session; nil for a text that is no token of this vault.
    package func session(in vault: any VaultReading) throws(APIError) -> Session? {
        guard let sealed = Base64.decode(text.utf8),
            let bytes = try vault.openSession(sealed)
        else { return nil }
        return Session(bytes)
    }
}
