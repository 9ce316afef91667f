package import Notation

/// Carries what was done to a secret to its replicas, in its own account and in another.
package struct ReplicaUpdate: Sendable {
    private let primary: Secret

    init(of primary: Secret) {
        self.primary = primary
    }

    /// After a change; nil when nothing follows the secret, or it is gone.
    ///
    /// - Parameters:
    ///   - former: the secret as it was; it may be changed by now, or deleted.
    ///   - vault: where it is.
    /// - Throws: what the vault throws.
    package init?(afterChangeOf former: Secret, in vault: any VaultReading) throws(APIError) {
        guard !former.isReplica,
            let primary = try vault.secret(at: .arn(former.arn.text, former.arn.scope))
        else { return nil }
        self.init(of: primary)
    }

    /// Makes every copy like the secret, all but its key and its dates.
    ///
    /// - Parameters:
    ///   - now: the time of the change.
    ///   - requester: who changed the secret, and must be able to use the keys of a value that is to
    ///     be copied.
    ///   - vault: where it is.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func run(
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        try CrossAccountUpdate(of: primary).follow(at: now, in: vault)
        guard primary.hasReplicas else { return }
        for replica in try vault.replicas(of: primary) {
            guard let copy = try primary.copy(in: replica.region, vault) else { continue }
            let state = try bringUpToDate(copy, at: now, by: requester, in: vault)
            guard state != replica.state else { continue }
            let changed = Replica(
                region: replica.region,
                kmsKeyID: replica.kmsKeyID,
                state: state
            )
            try vault.setReplica(changed, of: primary)
        }
    }

    /// Makes a copy like its primary, or leaves it as it is when it needs values that cannot be
    /// copied.
    private func bringUpToDate(
        _ copy: Secret,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) -> Replica.State {
        let missing = try ReplicaContent(of: primary).missing(in: copy, vault)
        if !missing.isEmpty {
            let making = CopyOfSecret(primary: primary, copy: copy.arn, kmsKeyID: copy.kmsKeyID)
            if let refusal = try making.refusal(of: missing, by: requester, in: vault) {
                // Somebody else may come who has the permission; a key's state is its owner's to change.
                guard refusal.answer.code != .accessDenied else { return .behind }
                return .failed(ReplicationFailure.refused(refusal))
            }
        }
        return try write(to: copy, at: now, by: requester, in: vault)
    }

    /// Makes a copy like its primary; whether its values may be copied was asked before.
    func write(
        to copy: Secret,
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) -> Replica.State {
        try ReplicationFailure.whileCopying(in: vault) { vault throws(APIError) in
            try ReplicaContent(of: primary)
                .write(to: copy, at: now, by: requester.permitted, in: vault)
            try copyPolicy(to: copy, vault)
        }
    }

    private func copyPolicy(to copy: Secret, _ vault: any VaultWriting) throws(APIError) {
        let name = ResourcePolicy.defaultName
        let policy = try vault.resourcePolicy(name, of: primary)
        guard try vault.resourcePolicy(name, of: copy) != policy else { return }
        try vault.setResourcePolicy(policy, named: name, of: copy)
    }
}
