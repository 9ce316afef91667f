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
            let isFree = try makeRoom(for: arn, overwriting: overwriting, at: now)
            let failure = isFree ? nil : Replica.nameTaken(arn)
            try setReplica(
                Replica(region: region, kmsKeyID: kmsKeyID, failure: failure),
                of: primary
            )
            if isFree {
                _ = try insert(
                    NewSecret(
                        arn: arn,
                        kmsKeyID: kmsKeyID,
                        createdAt: now,
                        primaryID: primary.id,
                        primaryRegion: primary.arn.scope.region
                    )
                )
            }
            let outcome: ServiceEvent.Name = isFree ? .replicationSucceeded : .replicationFailed
            let event = ServiceEvent(outcome, at: now, of: arn, errorMessage: failure)
            try append(event.auditRecord)
        }
        var primary = primary
        primary.primaryRegion = primary.arn.scope.region
        try update(primary)
        try updateReplicas(of: primary)
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
        try updateCrossAccountReplica(of: primary)
        guard primary.hasReplicas else { return }
        for replica in try replicas(of: primary) where replica.failure == nil {
            guard let copy = try copy(of: primary, in: replica.region) else { continue }
            try copySecret(primary, to: copy)
            try copyPolicy(of: primary, to: copy)
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
        let present = Set(try versions(of: copy).map(\.id))
        for version in wanted {
            if !present.contains(version.id) {
                let value = try open(.id(version.id), of: primary)?.value
                try insertVersion(version.id, of: copy, value: value, at: version.createdAt)
            } else if !version.stagingLabels.isEmpty,
                try open(.id(version.id), of: copy)?.value == nil,
                let value = try open(.id(version.id), of: primary)?.value
            {
                // The placeholder of a rotation has got its value.
                try setValue(value, ofVersion: version.id, of: copy)
            }
        }
        try setStagingLabels(try stagingLabels(of: primary), of: copy)
        for id in present.subtracting(wanted.map(\.id)) { try deleteVersion(id, of: copy) }
    }
}

extension Replica {
    // Where the sentence comes from is not verified.
    fileprivate static func nameTaken(_ arn: SecretARN) -> String {
        "Replication failed: Secret name \(arn.name) already exists in region \(arn.scope.region)."
    }
}
