internal import Notation

/// As whom the holder of a session acts now.
package struct CallerOfSession: Sendable {
    private let session: Session
    private let region: String

    package init(_ session: Session, in region: String) {
        self.session = session
        self.region = region
    }

    /// Nil when the user or role is gone.
    package func principal(in vault: any VaultReading) throws(APIError) -> CallerPrincipal? {
        switch session.holder {
        case .root: return .root(of: Scope(account: session.account, region: region))
        case .user(let id):
            guard let user = try vault.taggedPrincipal(id: id) else { return nil }
            return .user(user.principal, tags: user.tags)
        case .role(let id, let terms):
            guard let role = try vault.taggedPrincipal(id: id) else { return nil }
            return .session(
                of: role.principal,
                named: terms.name,
                tags: Tag.merged(role.tags, under: terms.tags),
                transitiveTagKeys: terms.transitiveTagKeys,
                sourceIdentity: terms.sourceIdentity,
                federatedProvider: terms.federatedProvider,
                policies: try policies(terms, vault),
                startedAt: session.startedAt
            )
        }
    }

    private func policies(
        _ terms: Session.Terms,
        _ vault: any VaultReading
    ) throws(APIError) -> [PolicyText] {
        var policies: [PolicyText] = []
        if let policy = terms.policy { policies.append(.session("of the session", policy)) }
        for arn in terms.policyARNs {
            // One that was deleted since allows nothing.
            policies.append(.session(arn, try vault.policyDocument(arn: arn) ?? ""))
        }
        return policies
    }
}

extension Tag {
    /// Tags of a role with those of a session in place of the ones of the same key: keys of IAM do
    /// not tell capital letters from small ones.
    static func merged(_ tags: [Tag], under others: [Tag]) -> [Tag] {
        if others.isEmpty { return tags }
        let keys = Set(others.map { $0.key.lowercased() })
        return tags.filter { !keys.contains($0.key.lowercased()) } + others
    }
}
