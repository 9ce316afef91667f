package import Notation

/// The version that a rotation makes, as a rotation function inside the server changes it.
package struct PendingVersion: Sendable {
    private let id: String
    private let secret: Secret

    package init(of rotation: Rotation, of secret: Secret) {
        id = rotation.versionID
        self.secret = secret
    }

    /// Gives the version its value, as PutSecretValue does.
    package func fill(
        with value: SecretValue,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        let content = try VersionContent(
            value,
            ofVersion: id,
            of: secret,
            at: now,
            by: requester,
            in: vault
        )
        try vault.setContent(content, ofVersion: id, of: secret)
        try touch(at: now, vault)
    }

    /// Moves AWSCURRENT to the version, as UpdateSecretVersionStage does.
    package func makeCurrent(at now: Timestamp, in vault: any VaultWriting) throws(APIError) {
        var change = try StagingLabelChange(of: secret, in: vault)
        change.labels.move(StagingLabels.current, to: id)
        try change.make(at: now, in: vault)
        try touch(at: now, vault)
    }

    private func touch(at now: Timestamp, _ vault: any VaultWriting) throws(APIError) {
        var secret = secret
        secret.touch(at: now)
        try vault.update(secret)
    }
}
