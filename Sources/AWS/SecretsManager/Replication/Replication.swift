package import Notation

/// Makes copies of a secret in other regions.
///
/// Where the name is taken, or KMS refuses what the copy needs, there is a replica that failed, which
/// is no error of the call.
package struct Replication: Sendable {
    private let primary: Secret
    private let regions: [(region: String, kmsKeyID: String)]
    private let isOverwriting: Bool

    /// - Parameters:
    ///   - primary: the secret.
    ///   - regions: where to, with the key of each copy.
    ///   - overwriting: whether a secret that has the name there goes.
    package init(
        of primary: Secret,
        to regions: [(region: String, kmsKeyID: String)],
        overwriting: Bool
    ) {
        self.primary = primary
        self.regions = regions
        isOverwriting = overwriting
    }

    /// - Parameters:
    ///   - now: the time.
    ///   - requester: who must be able to use the keys; seed documents copy in nobody's name.
    ///   - vault: where the secret is.
    /// - Throws: what the vault throws.
    package func run(
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        let former = try vault.replicas(of: primary)
        for (region, kmsKeyID) in regions {
            // Where there is a copy already, there is nothing to do.
            guard !former.contains(where: { $0.region == region && !$0.hasFailed }) else {
                continue
            }
            let arn = primary.arn.moved(to: region)
            try ServiceEvent(.replicationStarted, at: now, of: arn).record(in: vault)
            let copy = CopyOfSecret(primary: primary, copy: arn, kmsKeyID: kmsKeyID)
            let state = try make(copy, at: now, requester, vault)
            try vault.setReplica(
                Replica(region: region, kmsKeyID: kmsKeyID, state: state),
                of: primary
            )
            var outcome = ServiceEvent(.replicationSucceeded, at: now, of: arn)
            if case .failed(let reason) = state {
                outcome = ServiceEvent(.replicationFailed, at: now, of: arn, errorMessage: reason)
            }
            try outcome.record(in: vault)
        }
        var primary = primary
        primary.primaryRegion = primary.arn.scope.region
        try vault.update(primary)
    }

    /// Makes a copy, or says why there is none or it is empty.
    private func make(
        _ copy: CopyOfSecret,
        at now: Timestamp,
        _ requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError) -> Replica.State {
        if let refusal = try copy.refusal(by: requester, in: vault) {
            return .failed(ReplicationFailure.refused(refusal))
        }
        // One that could not be brought up to date is made anew.
        try ReplicaRemoval(from: copy.copy.scope.region).deleteCopy(of: primary, in: vault)
        guard try makeRoom(for: copy.copy, at: now, vault) else {
            return .failed(ReplicationFailure.nameTaken(copy.copy))
        }
        var kmsKeyID = copy.kmsKeyID
        if case .managed = try KeyChoice(kmsKeyID, in: copy.copy.scope, vault) {
            // A copy names the default key, which its primary does not.
            kmsKeyID = KeyAlias.ofSecretsManager
        }
        let made = try vault.insert(
            NewSecret(
                arn: copy.copy,
                kmsKeyID: kmsKeyID,
                createdAt: now,
                primaryID: primary.id,
                primaryRegion: primary.arn.scope.region
            )
        )
        return try ReplicaUpdate(of: primary).write(to: made, at: now, by: requester, in: vault)
    }

    /// Whether the name is free in the region, after a secret was deleted that may be overwritten:
    /// one that stands alone.
    private func makeRoom(
        for arn: SecretARN,
        at now: Timestamp,
        _ vault: any VaultWriting
    ) throws(APIError) -> Bool {
        guard let taken = try vault.secret(at: .name(arn.name, arn.scope)) else { return true }
        guard isOverwriting, taken.primaryRegion == nil else { return false }
        try Purge(of: taken).run(at: now, in: vault)
        return true
    }
}
