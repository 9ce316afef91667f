/// Takes the replica of a secret out of a region.
package struct ReplicaRemoval: Sendable {
    private let region: String

    package init(from region: String) {
        self.region = region
    }

    /// The copy goes, and its primary forgets it; one that is not there is no error.
    package func run(on primary: inout Secret, in vault: any VaultWriting) throws(APIError) {
        try deleteCopy(of: primary, in: vault)
        try forget(&primary, in: vault)
    }

    func deleteCopy(of primary: Secret, in vault: any VaultWriting) throws(APIError) {
        guard let copy = try primary.copy(in: region, vault), let purged = PurgedSecret(copy: copy)
        else { return }
        try vault.delete(purged)
    }

    /// The primary no longer knows of the replica; after the last one it is an ordinary secret.
    func forget(_ primary: inout Secret, in vault: any VaultWriting) throws(APIError) {
        try vault.deleteReplica(in: region, of: primary)
        guard try vault.replicas(of: primary).isEmpty else { return }
        primary.primaryRegion = nil
        try vault.update(primary)
    }
}
