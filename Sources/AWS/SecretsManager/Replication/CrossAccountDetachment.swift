/// Ends replication from another account from the replica's side: the primary sees that it is
/// detached.
struct CrossAccountDetachment: Sendable {
    private let replica: Secret

    init(of replica: Secret) {
        self.replica = replica
    }

    func run(in vault: any VaultWriting) throws(APIError) {
        guard let link = replica.crossAccountPrimary else { return }
        try ReplicationPolicy(of: replica).detach(in: vault)
        guard let primary = try CrossAccountSecret(link.primaryARN).find(from: replica, in: vault),
            var known = try vault.crossAccountReplica(of: primary),
            known.replicaARN == replica.arn.text
        else { return }
        known.status = .detached
        try vault.setCrossAccountReplica(known, of: primary)
    }
}
