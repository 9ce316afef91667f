package import Notation

/// Moves the staging labels of a secret, with what follows from it: a moved AWSCURRENT counts as a
/// rotation, and a rotation whose version is neither pending nor current any more is abandoned.
package struct StagingLabelChange: Sendable {
    /// The labels as they are to be.
    package var labels: StagingLabels
    private let before: StagingLabels
    private let secret: Secret

    /// A change that moves nothing yet.
    package init(of secret: Secret, in vault: any VaultReading) throws(APIError) {
        before = try vault.stagingLabels(of: secret)
        labels = before
        self.secret = secret
    }

    /// Whether any label is to be elsewhere.
    var movesAny: Bool { labels != before }

    /// Attaches labels to a version by the rules of PutSecretValue.
    package mutating func put(_ names: [String], on versionID: String) throws(APIError) {
        labels.put(names, on: versionID)
        // The first version of a secret is the current one, whatever it is labelled.
        if labels[StagingLabels.current] == nil {
            labels.put([StagingLabels.current], on: versionID)
        }
        try labels.checkCount()
    }

    /// Stores the labels, if any is elsewhere now.
    package func make(at now: Timestamp, in vault: any VaultWriting) throws(APIError) {
        guard movesAny else { return }
        try vault.setStagingLabels(ChangedLabels(labels), of: secret)
        try ServiceEvent.record(movesFrom: before, to: labels, of: secret, at: now, in: vault)
        if labels[StagingLabels.current] != before[StagingLabels.current],
            var configuration = try vault.rotationConfiguration(of: secret)
        {
            configuration.noteValueChange(at: now)
            try vault.setRotationConfiguration(configuration, of: secret)
        }
        guard let rotation = try vault.rotation(of: secret), rotation.isAbandoned(by: labels) else {
            return
        }
        try vault.setRotation(nil, of: secret)
        var event = ServiceEvent(.rotationAbandoned, of: secret, rotation.versionID, at: now)
        event.steps = rotation.finishedAt
        try event.record(in: vault)
    }
}

/// Staging labels that the vault may store: only what knows the rules above makes them.
package struct ChangedLabels: Sendable {
    package let labels: StagingLabels

    fileprivate init(_ labels: StagingLabels) {
        self.labels = labels
    }

    /// The labels of a primary, for its copy: what follows from a move is copied too.
    init(ofPrimary primary: Secret, in vault: any VaultReading) throws(APIError) {
        self.init(try vault.stagingLabels(of: primary))
    }
}

extension Rotation {
    /// Whether the version has lost AWSPENDING to something else than becoming the current one.
    fileprivate func isAbandoned(by labels: StagingLabels) -> Bool {
        labels[StagingLabels.pending] != versionID && labels[StagingLabels.current] != versionID
    }
}
