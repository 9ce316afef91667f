package import Notation

/// A version that is made with labels, as PutSecretValue makes one.
package struct NewVersion: Sendable {
    private let id: String
    /// Nil for one whose value comes later.
    private let value: SecretValue?
    private let stagingLabels: [String]

    package init(id: String, value: SecretValue?, stagingLabels: [String]) {
        self.id = id
        self.value = value
        self.stagingLabels = stagingLabels
    }

    /// Makes it, after making room for it.
    ///
    /// - Parameters:
    ///   - secret: the secret.
    ///   - now: the time.
    ///   - requester: who must be able to use the secret's key.
    ///   - vault: where the secret is.
    /// - Returns: the labels of all versions of the secret afterwards.
    /// - Throws: LimitExceededException, and what the key is refused with.
    @discardableResult
    package func add(
        to secret: Secret,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) -> StagingLabels {
        try VersionPruning(of: secret).makeRoom(at: now, in: vault)
        let content = try VersionContent(
            value,
            ofVersion: id,
            of: secret,
            at: now,
            by: requester,
            in: vault
        )
        try vault.insertVersion(id, of: secret, content, at: now)
        var change = try StagingLabelChange(of: secret, in: vault)
        try change.put(stagingLabels, on: id)
        try change.make(at: now, in: vault)
        return change.labels
    }
}
