/// A ClientRequestToken that a version was made with before.
///
/// With the same value the call is a retry, after its answer was lost perhaps; with another one it is
/// refused, for a version never changes.
struct RepeatedToken: Sendable {
    private let token: String
    private let secret: Secret
    private let opened: OpenedVersion

    /// Nil for a token that has made no version of the secret yet.
    ///
    /// To compare values is to open the stored one, which the caller must be able to do.
    init?(
        _ token: String,
        of secret: Secret,
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) {
        guard let opened = try vault.open(.id(token), of: secret, by: requester) else { return nil }
        self.token = token
        self.secret = secret
        self.opened = opened
    }

    var version: SecretVersion { opened.version }

    /// Whether a rotation has made the version and nobody its value.
    var isPlaceholder: Bool { opened.value == nil }

    /// Refuses a call that is no retry.
    ///
    /// - Throws: ResourceExistsException.
    func requireSame(_ value: SecretValue) throws(APIError) {
        guard let former = opened.value, former.isSame(as: value) else {
            throw .tokenInUse(token, secretARN: secret.arn.text)
        }
    }
}
