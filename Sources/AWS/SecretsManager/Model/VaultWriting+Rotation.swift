extension VaultWriting {
    /// Stores staging labels that a call has moved, and what follows from it: a moved AWSCURRENT
    /// counts as a rotation, and a rotation whose version is neither pending nor current any more
    /// is abandoned.
    func changeStagingLabels(
        from before: StagingLabels,
        to after: StagingLabels,
        of secret: Secret,
        at now: Timestamp
    ) throws(APIError) {
        guard after != before else { return }
        try setStagingLabels(after, of: secret)
        if after[StagingLabels.current] != before[StagingLabels.current],
            var configuration = try rotationConfiguration(of: secret)
        {
            configuration.noteValueChange(at: now)
            try setRotationConfiguration(configuration, of: secret)
        }
        guard let rotation = try rotation(of: secret), rotation.isAbandoned(by: after) else {
            return
        }
        try setRotation(nil, of: secret)
        try record(.rotationAbandoned, rotation.versionID, of: secret, at: now)
    }

    /// Moves AWSCURRENT to a version, as UpdateSecretVersionStage does.
    package func makeCurrent(
        _ versionID: String,
        of secret: Secret,
        at now: Timestamp
    ) throws(APIError) {
        let before = try stagingLabels(of: secret)
        var labels = before
        labels.move(StagingLabels.current, to: versionID)
        try changeStagingLabels(from: before, to: labels, of: secret, at: now)
        try touch(secret, at: now)
    }

    /// Moves LastChangedDate.
    package func touch(_ secret: Secret, at now: Timestamp) throws(APIError) {
        var secret = secret
        secret.touch(at: now)
        try update(secret)
    }

    /// Puts what happened to one version into the audit trail.
    @discardableResult
    package func record(
        _ name: ServiceEvent.Name,
        _ versionID: String,
        of secret: Secret,
        errorMessage: String? = nil,
        at now: Timestamp
    ) throws(APIError) -> ServiceEvent {
        let event = ServiceEvent(
            name,
            at: now,
            of: secret.arn,
            versionID: versionID,
            errorMessage: errorMessage
        )
        try append(event.auditRecord)
        return event
    }

    /// Begins a rotation that is due at once: with an empty version under AWSPENDING, or, for a
    /// test, with a copy of the current one.
    ///
    /// A version of that id that is pending already is taken as it is.
    ///
    /// - Returns: what is in the audit trail now, versions that had to make room among it.
    @discardableResult
    package func beginRotation(
        of secret: Secret,
        versionID: String,
        isTest: Bool,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) -> [ServiceEvent] {
        let before = try stagingLabels(of: secret)
        var pruned: [ServiceEvent] = []
        if before[StagingLabels.pending] != versionID {
            pruned = try makeRoomForVersion(of: secret, at: now)
            let current =
                isTest ? try open(.stagingLabel(StagingLabels.current), of: secret) : nil
            try insertVersion(versionID, of: secret, value: current?.value, at: now)
        }
        var labels = before
        labels.put([StagingLabels.pending], on: versionID)
        try labels.checkCount()
        try changeStagingLabels(from: before, to: labels, of: secret, at: now)
        let rotation = Rotation(
            versionID: versionID,
            token: randomness.uuid(),
            isTest: isTest,
            at: now
        )
        try setRotation(rotation, of: secret)
        let name: ServiceEvent.Name = isTest ? .testRotationStarted : .rotationStarted
        return pruned + [try record(name, versionID, of: secret, at: now)]
    }
}

extension Rotation {
    /// Whether the version has lost AWSPENDING to something else than becoming the current one.
    fileprivate func isAbandoned(by labels: StagingLabels) -> Bool {
        labels[StagingLabels.pending] != versionID && labels[StagingLabels.current] != versionID
    }
}
