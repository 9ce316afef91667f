extension VaultWriting {
    /// Makes a version with its labels and moves the other labels as PutSecretValue does.
    ///
    /// - Returns: the labels of all versions afterwards.
    @discardableResult
    package func addVersion(
        _ id: String,
        value: SecretValue,
        stagingLabels: [String],
        to secret: Secret,
        at now: Timestamp
    ) throws(APIError) -> StagingLabels {
        try makeRoomForVersion(of: secret, at: now)
        try insertVersion(id, of: secret, value: value, at: now)
        return try attach(stagingLabels, to: id, of: secret, at: now)
    }

    /// Attaches labels to a version by the rules of PutSecretValue.
    func attach(
        _ stagingLabels: [String],
        to versionID: String,
        of secret: Secret,
        at now: Timestamp
    ) throws(APIError) -> StagingLabels {
        var labels = try self.stagingLabels(of: secret)
        let before = labels
        labels.put(stagingLabels, on: versionID)
        // The first version of a secret is the current one, whatever it is labelled.
        if labels[StagingLabels.current] == nil {
            labels.put([StagingLabels.current], on: versionID)
        }
        try labels.checkCount()
        try changeStagingLabels(from: before, to: labels, of: secret, at: now)
        return labels
    }

    /// A secret has about 100 versions: deprecated ones of more than a day go, oldest first.
    @discardableResult
    func makeRoomForVersion(
        of secret: Secret,
        at now: Timestamp
    ) throws(APIError) -> [ServiceEvent] {
        let versions = try self.versions(of: secret)
        var excess = versions.count + 1 - maximumVersions
        guard excess > 0 else { return [] }
        var pruned: [ServiceEvent] = []
        let dayAgo = now.adding(days: -1)
        for version in versions where excess > 0 {
            guard version.stagingLabels.isEmpty, version.createdAt < dayAgo else { continue }
            try deleteVersion(version.id, of: secret)
            pruned.append(
                try record(.secretVersionDeletion, version.id, of: secret, at: now)
            )
            excess -= 1
        }
        guard excess <= 0 else { throw .tooManyVersions }
        return pruned
    }
}

private let maximumVersions = 100
