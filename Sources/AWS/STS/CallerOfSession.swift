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
        case .federatedUser(let id, let terms): return try guest(of: id, terms, vault)
        }
    }

    /// Nil when the user is gone.
    private func guest(
        of id: Int64?,
        _ terms: Session.Terms,
        _ vault: any VaultReading
    ) throws(APIError) -> CallerPrincipal? {
        var user: (principal: IAMPrincipal, tags: [Tag])?
        if let id {
            guard let found = try vault.taggedPrincipal(id: id) else { return nil }
            user = (found.principal, found.tags)
        }
        var policies = try policies(terms, vault)
        // Without a policy of its own a guest has nothing but what names it.
        if policies.isEmpty { policies.append(.session("of the session", "")) }
        if user == nil { policies.append(.identity("root", Self.everything)) }
        return .federatedUser(
            named: terms.name,
            of: user?.principal,
            in: Scope(account: session.account, region: region),
            tags: Tag.merged(user?.tags ?? [], under: terms.tags),
            policies: policies,
            startedAt: session.startedAt
        )
    }

    /// What the root of an account may do, as a policy: a guest of its has no more.
    private static let everything = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}
        """

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
