internal import AWS
internal import Notation

extension SeedPrincipal: SeedItem {
    var kind: SeedKind {
        switch form {
        case .root: .root
        case .policy: .policy
        case .user: .user
        case .role: .role
        }
    }

    /// Makes it, unless it is there; its access keys too, unless somebody has them.
    func make(in vault: any VaultWriting, _ moment: SeedMoment) throws(APIError) -> Bool {
        switch form {
        case .root: return try makeKeys(of: nil, in: vault, moment)
        case .policy(let document, let description):
            guard try vault.managedPolicy(named: name, in: account) == nil else { return false }
            let policy = ManagedPolicy(
                partition: scope.partition,
                account: account,
                name: name,
                path: path ?? "/",
                uniqueID: StableIdentifier.uniqueID(.policy, name, account),
                description: description,
                createdAt: moment.now,
                updatedAt: moment.now
            )
            let made = try vault.insert(policy, document: document)
            if let tags, !tags.isEmpty { try vault.setTags(tags, of: made) }
            return true
        case .user: return try makeHolder(.user, in: vault, moment) { _ in }
        case .role(let trustPolicy, let description, let maxSessionSeconds):
            return try makeHolder(.role, in: vault, moment) { role in
                role.trustPolicy = trustPolicy
                role.description = description
                if let maxSessionSeconds { role.maxSessionSeconds = maxSessionSeconds }
            }
        }
    }

    private func makeHolder(
        _ kind: IAMPrincipal.Kind,
        in vault: any VaultWriting,
        _ moment: SeedMoment,
        _ complete: (inout IAMPrincipal) -> Void
    ) throws(APIError) -> Bool {
        if let present = try vault.principal(kind, named: name, in: account) {
            return try kind == .role ? false : makeKeys(of: present, in: vault, moment)
        }
        let attachedARNs = try attachedARNs(vault)
        var principal = IAMPrincipal(
            partition: scope.partition,
            account: account,
            kind: kind,
            name: name,
            path: path ?? "/",
            uniqueID: StableIdentifier.uniqueID(
                kind == .role ? .role : .user,
                name,
                account
            ),
            createdAt: moment.now,
            boundaryARN: try boundaryARN(vault)
        )
        complete(&principal)
        let made = try vault.insert(principal)
        for policy in inlinePolicies ?? [] {
            try vault.setInlinePolicy(policy.document, named: policy.name, of: made)
        }
        for arn in attachedARNs { try vault.attachPolicy(arn: arn, to: made) }
        if let tags, !tags.isEmpty { try vault.setTags(tags, of: made) }
        if kind == .user { _ = try makeKeys(of: made, in: vault, moment) }
        return true
    }

    func makeKeys(
        of user: IAMPrincipal?,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) -> Bool {
        var isNew = false
        for key in accessKeys where try vault.credential(accessKeyID: key.id) == nil {
            let row = AccessKey(
                id: key.id,
                account: account,
                principalID: user?.id,
                isActive: key.isActive,
                createdAt: moment.now
            )
            try vault.insert(row, secretAccessKey: key.secret)
            isNew = true
        }
        return isNew
    }

    func attachedARNs(_ vault: any VaultReading) throws(APIError) -> [String] {
        var arns: [String] = []
        for policy in attachedPolicies ?? [] { arns.append(try policy.arn(in: account, vault)) }
        return arns
    }

    func boundaryARN(_ vault: any VaultReading) throws(APIError) -> String? {
        guard let boundary else { return nil }
        return try boundary.arn(in: account, vault)
    }
}

extension SeedPrincipal.PolicyReference {
    /// The ARN of the policy, which may have a path.
    ///
    /// - Throws: where it is named, when neither AWS nor the account has it.
    func arn(in account: String, _ vault: any VaultReading) throws(APIError) -> String {
        guard let arn = try knownARN(in: account, vault) else {
            throw .policyNotAttachable(text, cause: place.error(Self.unknown).description)
        }
        return arn
    }

    /// The same; nil when neither AWS nor the account has it.
    func knownARN(in account: String, _ vault: any VaultReading) throws(APIError) -> String? {
        guard ARN.isARN(text) else {
            return try vault.managedPolicy(named: text, in: account)?.arn
        }
        return try vault.isAttachable(text, in: account) ? text : nil
    }

    /// What is wrong with one that is not there.
    static let unknown =
        "there is no such policy; describe it among the principals, or name one of AWS by its ARN"
}
