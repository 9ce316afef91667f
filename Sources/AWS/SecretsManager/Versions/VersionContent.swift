package import Notation

/// What a version holds.
package enum VersionContent: Sendable {
    /// A value, and the key that it is to be sealed under.
    case value(SecretValue, under: SealingKey)
    /// The place of a value that a rotation has not made yet, and the key as it is listed until then.
    case placeholder(kmsKeyID: String)
}

extension VersionContent {
    /// A value with the key that the secret's KmsKeyId stands for now; nil is a placeholder.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - versionID: of the version that is to hold it.
    ///   - secret: the secret.
    ///   - now: the time.
    ///   - requester: who must be able to use the key.
    ///   - vault: where the keys are.
    /// - Throws: EncryptionFailure, AccessDeniedException, InvalidRequestException.
    package init(
        _ value: SecretValue?,
        ofVersion versionID: String,
        of secret: Secret,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultReading
    ) throws(APIError) {
        guard let value else {
            self = .placeholder(kmsKeyID: try SealingKey.kmsKeyID(of: secret, in: vault))
            return
        }
        let key = try SealingKey.now(
            of: secret,
            forVersion: versionID,
            at: now,
            by: requester,
            in: vault
        )
        self = .value(value, under: key)
    }
}
