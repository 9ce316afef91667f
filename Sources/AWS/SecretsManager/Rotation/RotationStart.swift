package import Notation

/// Begins a rotation that is due at once: with an empty version under AWSPENDING, or, for a test, with
/// a copy of the current one.
///
/// A version of that id that is pending already is taken as it is.
package struct RotationStart: Sendable {
    private let secret: Secret
    private let versionID: String
    private let isTest: Bool

    package init(of secret: Secret, versionID: String, isTest: Bool) {
        self.secret = secret
        self.versionID = versionID
        self.isTest = isTest
    }

    /// - Returns: what is in the audit trail now, versions that had to make room among it.
    @discardableResult
    package func run(
        at now: Timestamp,
        _ randomness: Randomness,
        in vault: any VaultWriting
    ) throws(APIError) -> [ServiceEvent] {
        var change = try StagingLabelChange(of: secret, in: vault)
        var pruned: [ServiceEvent] = []
        if change.labels[StagingLabels.pending] != versionID {
            pruned = try VersionPruning(of: secret).makeRoom(at: now, in: vault)
            let content = try VersionContent(
                isTest ? try currentValue(randomness, vault) : nil,
                ofVersion: versionID,
                of: secret,
                at: now,
                by: .service(randomness),
                in: vault
            )
            try vault.insertVersion(versionID, of: secret, content, at: now)
        }
        change.labels.put([StagingLabels.pending], on: versionID)
        try change.labels.checkCount()
        try change.make(at: now, in: vault)
        let rotation = Rotation(
            versionID: versionID,
            token: randomness.uuid(),
            isTest: isTest,
            at: now
        )
        try vault.setRotation(rotation, of: secret)
        let name: ServiceEvent.Name = isTest ? .testRotationStarted : .rotationStarted
        let start = ServiceEvent(name, of: secret, versionID, at: now)
        return pruned + [try start.record(in: vault)]
    }

    private func currentValue(
        _ randomness: Randomness,
        _ vault: any VaultReading
    ) throws(APIError) -> SecretValue? {
        let current = VersionSelector.stagingLabel(StagingLabels.current)
        return try vault.open(current, of: secret, by: .service(randomness))?.value
    }
}
