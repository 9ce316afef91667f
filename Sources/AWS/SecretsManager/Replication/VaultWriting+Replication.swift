extension VaultWriting {
    /// Makes copies of a secret in other regions.
    ///
    /// Where the name is taken there is a replica that failed, which is no error of the call.
    package func replicate(
        _ primary: Secret,
        to regions: [(region: String, kmsKeyID: String)],
        overwriting: Bool,
        at now: Timestamp
    ) throws(APIError) {
        let former = try replicas(of: primary)
        for (region, kmsKeyID) in regions {
            guard !former.contains(where: { $0.region == region && $0.failure == nil }) else {
                throw .alreadyReplicated(region)
            }
            let arn = primary.arn.moved(to: region)
            try append(ServiceEvent(.replicationStarted, at: now, of: arn).auditRecord)
            var failure = try makeReplica(arn, of: primary, kmsKeyID, overwriting, at: now)
            if let copy = try copy(of: primary, in: region) {
                failure = try update(copy, from: primary)
            }
            try setReplica(
                Replica(region: region, kmsKeyID: kmsKeyID, failure: failure),
                of: primary
            )
            let outcome: ServiceEvent.Name =
                failure == nil ? .replicationSucceeded : .replicationFailed
            let event = ServiceEvent(outcome, at: now, of: arn, errorMessage: failure)
            try append(event.auditRecord)
        }
        var primary = primary
        primary.primaryRegion = primary.arn.scope.region
        try update(primary)
    }

    /// Makes an empty copy; nil, or why there is none.
    private func makeReplica(
        _ arn: SecretARN,
        of primary: Secret,
        _ kmsKeyID: String,
        _ overwriting: Bool,
        at now: Timestamp
    ) throws(APIError) -> String? {
        // One that could not be brought up to date is made anew.
        if let stale = try copy(of: primary, in: arn.scope.region) { try delete(stale) }
        let storedKmsKeyID: String
        do throws(APIError) {
            storedKmsKeyID = try self.storedKmsKeyID(kmsKeyID, in: arn.scope)
        } catch {
            guard error.isAboutKey else { throw error }
            return Replica.refused(by: error)
        }
        guard try makeRoom(for: arn, overwriting: overwriting, at: now) else {
            return Replica.nameTaken(arn)
        }
        _ = try insert(
            NewSecret(
                arn: arn,
                kmsKeyID: storedKmsKeyID,
                createdAt: now,
                primaryID: primary.id,
                primaryRegion: primary.arn.scope.region
            )
        )
        return nil
    }

    /// Takes a secret out of a region; one that is not there is no error.
    func removeReplica(in region: String, of primary: inout Secret) throws(APIError) {
        if let copy = try copy(of: primary, in: region) { try delete(copy) }
        try forgetReplica(in: region, of: &primary)
    }

    /// The primary no longer knows of a replica; after the last one it is an ordinary secret.
    func forgetReplica(in region: String, of primary: inout Secret) throws(APIError) {
        try deleteReplica(in: region, of: primary)
        guard try replicas(of: primary).isEmpty else { return }
        primary.primaryRegion = nil
        try update(primary)
    }

    /// Carries what was done to a secret to its replicas, if it has any.
    ///
    /// - Parameter former: the secret as it was; it may be changed by now, or deleted.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func updateReplicas(afterChangeOf former: Secret) throws(APIError) {
        guard !former.isReplica,
            let primary = try secret(at: .arn(former.arn.text, former.arn.scope))
        else { return }
        try updateReplicas(of: primary)
    }

    /// Makes every copy of a secret like the secret, all but its key and its dates.
    func updateReplicas(of primary: Secret) throws(APIError) {
        try followCrossAccount(primary)
        guard primary.hasReplicas else { return }
        for replica in try replicas(of: primary) {
            guard let copy = try copy(of: primary, in: replica.region) else { continue }
            let failure = try update(copy, from: primary)
            guard failure != replica.failure else { continue }
            let changed = Replica(
                region: replica.region,
                kmsKeyID: replica.kmsKeyID,
                failure: failure
            )
            try setReplica(changed, of: primary)
        }
    }

    /// Makes a copy like its primary; nil, or why it is as it was.
    private func update(_ copy: Secret, from primary: Secret) throws(APIError) -> String? {
        try failure { vault throws(APIError) in
            try vault.copySecret(primary, to: copy)
            try vault.copyPolicy(of: primary, to: copy)
        }
    }

    /// Copies, or leaves the copy as it was when its key or the primary's cannot be used: that is
    /// no error of the call that changed the primary.
    ///
    /// - Returns: why the copy is not up to date; nil when it is.
    func failure(
        ofCopying copy: (any VaultWriting) throws(APIError) -> Void
    ) throws(APIError) -> String? {
        do throws(APIError) {
            try atomically(copy)
            return nil
        } catch {
            guard error.isAboutKey else { throw error }
            return Replica.refused(by: error)
        }
    }

    /// Whether the name is free in the region, after a secret was deleted that may be overwritten:
    /// one that stands alone.
    private func makeRoom(
        for arn: SecretARN,
        overwriting: Bool,
        at now: Timestamp
    ) throws(APIError) -> Bool {
        guard let taken = try secret(at: .name(arn.name, arn.scope)) else { return true }
        guard overwriting, taken.primaryRegion == nil else { return false }
        try purge(taken, at: now)
        return true
    }

    /// Description, tags, versions and rotation settings.
    func copySecret(_ primary: Secret, to copy: Secret) throws(APIError) {
        try update(copy.following(primary))
        let tags = try tags(of: primary)
        if try self.tags(of: copy) != tags { try setTags(tags, of: copy) }
        try copyVersions(of: primary, to: copy)
        if let rotation = try rotationConfiguration(of: primary),
            try rotationConfiguration(of: copy) != rotation
        {
            try setRotationConfiguration(rotation, of: copy)
        }
    }

    private func copyPolicy(of primary: Secret, to copy: Secret) throws(APIError) {
        let policy = try resourcePolicy(ResourcePolicy.defaultName, of: primary)
        if try resourcePolicy(ResourcePolicy.defaultName, of: copy) != policy {
            try setResourcePolicy(policy, named: ResourcePolicy.defaultName, of: copy)
        }
    }

    private func copyVersions(of primary: Secret, to copy: Secret) throws(APIError) {
        let wanted = try versions(of: primary)
        // Whether each has its value; told without a key, for that may be one that is disabled.
        let present = Dictionary(
            uniqueKeysWithValues: try versions(of: copy).map { ($0.id, $0.hasValue) }
        )
        for version in wanted {
            let isFilled = present[version.id]
            guard isFilled == nil || (isFilled == false && version.hasValue) else { continue }
            let value = try open(.id(version.id), of: primary)?.value
            if isFilled == nil {
                try insertVersion(version.id, of: copy, value: value, at: version.createdAt)
            } else if let value {
                // The placeholder of a rotation has got its value.
                try setValue(value, ofVersion: version.id, of: copy)
            }
        }
        try setStagingLabels(try stagingLabels(of: primary), of: copy)
        let gone = Set(present.keys).subtracting(wanted.map(\.id))
        for id in gone { try deleteVersion(id, of: copy) }
    }
}

extension Replica {
    // [guess]
    fileprivate static func refused(by error: APIError) -> String {
        "Replication failed: \(error.message ?? error.code.rawValue)"
    }

    // Where the sentence comes from is not verified.
    fileprivate static func nameTaken(_ arn: SecretARN) -> String {
        "Replication failed: Secret name \(arn.name) already exists in region \(arn.scope.region)."
    }
}
