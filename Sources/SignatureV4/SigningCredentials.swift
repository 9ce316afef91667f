/// What somebody signs with: an access key, and the token of a session when it is temporary.
///
/// They print as the id of the key alone.
package struct SigningCredentials: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    /// The id of the access key, which everybody may see.
    package let keyID: String
    /// What signs, and is never sent.
    package let secret: String
    /// What is sent along when the key is temporary.
    package let sessionToken: String?

    /// An access key, of a session when there is a token.
    package init(keyID: String, secret: String, sessionToken: String? = nil) {
        self.keyID = keyID
        self.secret = secret
        self.sessionToken = sessionToken
    }

    package var description: String { keyID }
    package var customMirror: Mirror { Mirror(self, children: ["keyID": keyID]) }
}
