internal import Notation

/// Carries what was done to a secret to its replica in another account.
struct CrossAccountUpdate: Sendable {
    private let primary: Secret

    init(of primary: Secret) {
        self.primary = primary
    }

    /// Makes the replica like its primary, if there is one and it follows.
    func run(
        at now: Timestamp,
        by requester: Requester,
        in vault: any VaultWriting
    ) throws(APIError) {
        guard let replica = try vault.crossAccountReplica(of: primary), replica.status == .inSync,
            let copy = try CrossAccountSecret(replica.replicaARN).find(from: primary, in: vault)
        else { return }
        try ReplicaContent(of: primary).write(to: copy, at: now, by: requester, in: vault)
    }

    /// The same after a change of the primary, whose caller has nothing to do with the replica's
    /// key: when that cannot be used, the replica is Failed until it is associated again.
    func follow(at now: Timestamp, in vault: any VaultWriting) throws(APIError) {
        let state = try ReplicationFailure.whileCopying(in: vault) { vault throws(APIError) in
            try run(at: now, by: .service, in: vault)
        }
        guard state != .inSync, var known = try vault.crossAccountReplica(of: primary) else {
            return
        }
        known.status = .failed
        try vault.setCrossAccountReplica(known, of: primary)
        let secret = CrossAccountSecret(known.replicaARN)
        guard var copy = try secret.find(from: primary, in: vault) else { return }
        copy.crossAccountPrimary?.status = .failed
        try vault.update(copy)
    }
}
