extension VaultWriting {
    /// Begins the rotation of a secret whose window has opened.
    ///
    /// A version that was left pending is taken up again. When no version can be made, this window
    /// goes by.
    ///
    /// - Returns: what is in the audit trail now.
    package func beginScheduledRotation(
        of secret: Secret,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) -> [ServiceEvent] {
        let labels = try stagingLabels(of: secret)
        var pending = labels[StagingLabels.pending]
        if pending == labels[StagingLabels.current] { pending = nil }
        let versionID = pending ?? randomness.uuid()
        do throws(APIError) {
            return try atomically { vault throws(APIError) in
                try vault.beginRotation(
                    of: secret,
                    versionID: versionID,
                    isTest: false,
                    at: now,
                    randomness: randomness
                )
            }
        } catch {
            guard error.code != .internalServiceError else { throw error }
            if var configuration = try rotationConfiguration(of: secret) {
                configuration.skipWindow(at: now)
                try setRotationConfiguration(configuration, of: secret)
            }
            return [
                try record(
                    .rotationFailed,
                    versionID,
                    of: secret,
                    errorMessage: error.message,
                    at: now
                )
            ]
        }
    }

    /// Stores what became of a rotation when its function was called for a step.
    ///
    /// - Parameters:
    ///   - step: the rotation as it was when the function was called; when it is another by now,
    ///     it was cancelled or abandoned, and nothing happens.
    ///   - secret: whose rotation it is.
    ///   - outcome: what the function did.
    ///   - now: the time.
    /// - Returns: what is in the audit trail now.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func finish(
        _ step: Rotation,
        of secret: Secret,
        _ outcome: RotationSteps.Outcome,
        at now: Timestamp
    ) throws(APIError) -> [ServiceEvent] {
        guard let rotation = try rotation(of: secret), rotation.isSameStep(as: step),
            var configuration = try rotationConfiguration(of: secret)
        else { return [] }
        let labels = try stagingLabels(of: secret)
        let circumstances = RotationSteps.Circumstances(
            now: now,
            hasValue: try versions(of: secret).contains {
                $0.id == rotation.versionID && $0.hasValue
            },
            isCurrent: labels[StagingLabels.current] == rotation.versionID,
            nextOpening: configuration.window(after: now)?.opens
        )
        let versionID = rotation.versionID
        switch RotationSteps.verdict(on: rotation, outcome, circumstances) {
        case .next(let next):
            try setRotation(next, of: secret)
            return []
        case .failed(let again, let failure):
            try setRotation(again, of: secret)
            let message = failure.message(secret, configuration, versionID)
            return [
                try record(.rotationFailed, versionID, of: secret, errorMessage: message, at: now)
            ]
        case .succeeded where !rotation.isTest:
            configuration.noteRotation(at: now)
            try setRotationConfiguration(configuration, of: secret)
            try setRotation(nil, of: secret)
            return [try record(.rotationSucceeded, versionID, of: secret, at: now)]
        case .succeeded:
            try endTest(of: secret, versionID, labels)
            return [try record(.testRotationSucceeded, versionID, of: secret, at: now)]
        case .testFailed:
            try endTest(of: secret, versionID, labels)
            let failure = RotationSteps.Failure.functionFailed(.testSecret)
            let message = failure.message(secret, configuration, versionID)
            return [
                try record(
                    .testRotationFailed,
                    versionID,
                    of: secret,
                    errorMessage: message,
                    at: now
                )
            ]
        }
    }

    /// The tested version loses its label and stays readable by its id.
    private func endTest(
        of secret: Secret,
        _ versionID: String,
        _ labels: StagingLabels
    ) throws(APIError) {
        try setRotation(nil, of: secret)
        guard labels[StagingLabels.pending] == versionID else { return }
        var labels = labels
        labels.detach(StagingLabels.pending)
        try setStagingLabels(labels, of: secret)
    }
}

extension Rotation {
    fileprivate func isSameStep(as other: Rotation) -> Bool {
        versionID == other.versionID && token == other.token && step == other.step
    }
}

extension RotationSteps.Failure {
    /// As the event tells it.
    fileprivate func message(
        _ secret: Secret,
        _ configuration: RotationConfiguration,
        _ versionID: String
    ) -> String {
        // What stands there when no Lambda function rotates the secret is a [guess].
        let function =
            configuration.lambdaARN ?? configuration.external?.roleARN ?? secret.owningService
            ?? ""
        return switch self {
        case .functionFailed(let step):
            "Error when executing lambda \(function) during \(step.rawValue) step"
        case .versionNotCreated:
            "Pending secret version \(versionID) for Secret \(secret.arn.text) was not created by"
                + " Lambda \(function). Remove the AWSPENDING staging label and restart rotation"
        }
    }
}
