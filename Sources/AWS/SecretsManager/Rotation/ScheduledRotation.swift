package import Notation

/// Begins the rotation of a secret whose window has opened.
///
/// A version that was left pending is taken up again. When no version can be made, this window goes
/// by.
package struct ScheduledRotation: Sendable {
    private let secret: Secret

    package init(of secret: Secret) {
        self.secret = secret
    }

    /// - Returns: what is in the audit trail now.
    package func begin(
        at now: Timestamp,
        _ randomness: Randomness,
        in vault: any VaultWriting
    ) throws(APIError) -> [ServiceEvent] {
        let labels = try vault.stagingLabels(of: secret)
        var pending = labels[StagingLabels.pending]
        if pending == labels[StagingLabels.current] { pending = nil }
        let versionID = pending ?? secret.versionID(randomness.uuid())
        do throws(APIError) {
            return try vault.atomically { vault throws(APIError) in
                try RotationStart(of: secret, versionID: versionID, isTest: false)
                    .run(at: now, randomness, in: vault)
            }
        } catch {
            guard error.code != .internalServiceError else { throw error }
            try skipWindow(at: now, vault)
            let failure = ServiceEvent(
                .rotationFailed,
                of: secret,
                versionID,
                errorMessage: error.message,
                at: now
            )
            return [try failure.record(in: vault)]
        }
    }

    private func skipWindow(at now: Timestamp, _ vault: any VaultWriting) throws(APIError) {
        guard var configuration = try vault.rotationConfiguration(of: secret) else { return }
        configuration.skipWindow(at: now)
        try vault.setRotationConfiguration(configuration, of: secret)
    }
}
