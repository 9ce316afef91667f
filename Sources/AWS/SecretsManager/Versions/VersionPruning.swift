internal import Notation

/// Makes room for a version: a secret has about 100, so deprecated ones of more than a day go, oldest
/// first.
struct VersionPruning: Sendable {
    private let secret: Secret

    private static let maximumVersions = 100

    init(of secret: Secret) {
        self.secret = secret
    }

    /// Deletes as many versions as it takes for one more.
    ///
    /// - Returns: what is in the audit trail now.
    /// - Throws: LimitExceededException when too few may go.
    @discardableResult
    func makeRoom(at now: Timestamp, in vault: any VaultWriting) throws(APIError) -> [ServiceEvent]
    {
        let versions = try vault.versions(of: secret)
        var excess = versions.count + 1 - Self.maximumVersions
        guard excess > 0 else { return [] }
        var pruned: [ServiceEvent] = []
        let dayAgo = now.adding(days: -1)
        for version in versions where excess > 0 {
            guard version.stagingLabels.isEmpty, version.createdAt < dayAgo else { continue }
            try vault.delete(PrunedVersion(id: version.id, secret: secret))
            let event = ServiceEvent(.secretVersionDeletion, of: secret, version.id, at: now)
            pruned.append(try event.record(in: vault))
            excess -= 1
        }
        guard excess <= 0 else { throw .tooManyVersions }
        return pruned
    }
}

/// A version that the vault may delete: only what knows the rules above makes one.
package struct PrunedVersion: Sendable {
    package let id: String
    package let secret: Secret

    fileprivate init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    /// A version of a copy that its primary has no more; nil for a secret that is no copy.
    package init?(_ id: String, goneFromPrimaryOf copy: Secret) {
        guard copy.isReplica else { return nil }
        self.init(id: id, secret: copy)
    }
}
