package import Notation

/// Stores what became of a rotation when its function was called for a step.
package struct FinishedStep: Sendable {
    /// The rotation as it was when the function was called; when it is another by now, it was
    /// cancelled or abandoned, and nothing happens.
    private let step: Rotation
    private let secret: Secret
    /// What the function did.
    private let outcome: RotationSteps.Outcome
    /// The rule by which it was not called at all.
    private let fault: String?

    package init(
        _ step: Rotation,
        of secret: Secret,
        _ outcome: RotationSteps.Outcome,
        by fault: String? = nil
    ) {
        self.fault = fault
        self.step = step
        self.secret = secret
        self.outcome = outcome
    }

    /// - Returns: what is in the audit trail now.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func store(
        at now: Timestamp,
        in vault: any VaultWriting
    ) throws(APIError) -> [ServiceEvent] {
        guard let rotation = try vault.rotation(of: secret), rotation.isSameStep(as: step),
            var configuration = try vault.rotationConfiguration(of: secret)
        else { return [] }
        let circumstances = try circumstances(of: rotation, configuration, at: now, vault)
        let event: ServiceEvent
        switch RotationSteps.verdict(on: rotation, outcome, circumstances) {
        case .next(let next):
            try vault.setRotation(next, of: secret)
            return []
        case .failed(let again, let failure):
            try vault.setRotation(again, of: secret)
            event = self.event(.rotationFailed, of: rotation, failure, configuration, at: now)
        case .succeeded where !rotation.isTest:
            configuration.noteRotation(at: now)
            try vault.setRotationConfiguration(configuration, of: secret)
            try vault.setRotation(nil, of: secret)
            event = self.event(.rotationSucceeded, of: rotation, at: now)
        case .succeeded:
            try endTest(at: now, vault)
            event = self.event(.testRotationSucceeded, of: rotation, at: now)
        case .testFailed:
            try endTest(at: now, vault)
            let failure = RotationSteps.Failure.functionFailed(.testSecret)
            event = self.event(.testRotationFailed, of: rotation, failure, configuration, at: now)
        }
        return [try event.record(in: vault)]
    }

    private func circumstances(
        of rotation: Rotation,
        _ configuration: RotationConfiguration,
        at now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) -> RotationSteps.Circumstances {
        let labels = try vault.stagingLabels(of: secret)
        return RotationSteps.Circumstances(
            now: now,
            hasValue: try vault.versions(of: secret).contains {
                $0.id == rotation.versionID && $0.hasValue
            },
            isCurrent: labels[StagingLabels.current] == rotation.versionID,
            nextOpening: configuration.window(after: now)?.opens
        )
    }

    /// The tested version loses its label and stays readable by its id.
    private func endTest(at now: Timestamp, _ vault: any VaultWriting) throws(APIError) {
        // First, or the label's loss would abandon it.
        try vault.setRotation(nil, of: secret)
        var change = try StagingLabelChange(of: secret, in: vault)
        guard change.labels[StagingLabels.pending] == step.versionID else { return }
        change.labels.detach(StagingLabels.pending)
        try change.make(at: now, in: vault)
    }

    private func event(
        _ name: ServiceEvent.Name,
        of rotation: Rotation,
        errorMessage: String? = nil,
        at now: Timestamp
    ) -> ServiceEvent {
        var event = ServiceEvent(
            name,
            of: secret,
            rotation.versionID,
            errorMessage: errorMessage,
            at: now
        )
        event.steps = rotation.finishedAt
        // The last of them, which ended well or is the one that failed.
        event.steps[rotation.step] = now
        return event
    }

    private func event(
        _ name: ServiceEvent.Name,
        of rotation: Rotation,
        _ failure: RotationSteps.Failure,
        _ configuration: RotationConfiguration,
        at now: Timestamp
    ) -> ServiceEvent {
        let message = failure.message(secret, configuration, rotation.versionID)
        var event = event(name, of: rotation, errorMessage: message, at: now)
        event.fault = fault
        return event
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
