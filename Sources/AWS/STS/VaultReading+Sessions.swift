internal import FoundationEssentials

extension VaultReading {
    /// The session of a token; nil for a text that is no token of this vault.
    package func session(token: String) throws(APIError) -> Session? {
        guard let sealed = Data(base64Encoded: token),
            let bytes = try openSession([UInt8](sealed))
        else { return nil }
        return Session(bytes)
    }

    /// As whom the holder of a session acts now; nil when the user or role is gone.
    package func identity(of session: Session) throws(APIError) -> Identity? {
        switch session.holder {
        case .root: return .root
        case .user(let id):
            guard let user = try taggedPrincipal(id: id) else { return nil }
            return .user(user.principal, tags: user.tags)
        case .role(let id, let terms):
            guard let role = try taggedPrincipal(id: id) else { return nil }
            return .roleSession(
                RoleSession(
                    role: role.principal,
                    name: terms.name,
                    tags: Tag.merged(role.tags, under: terms.tags),
                    transitiveTagKeys: terms.transitiveTagKeys,
                    sourceIdentity: terms.sourceIdentity,
                    policies: try sessionPolicies(terms),
                    startedAt: session.startedAt
                )
            )
        }
    }

    private func sessionPolicies(_ terms: Session.Terms) throws(APIError) -> [PolicyText] {
        var policies: [PolicyText] = []
        if let policy = terms.policy { policies.append(.session("of the session", policy)) }
        for arn in terms.policyARNs {
            // One that was deleted since allows nothing.
            policies.append(.session(arn, try policyDocument(arn: arn) ?? ""))
        }
        return policies
    }
}

extension VaultWriting {
    /// The token of a session, as text.
    package func token(of session: Session) throws(APIError) -> String {
        Data(try sealSession(session.bytes)).base64EncodedString()
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
