internal import AWS
internal import Notation

/// A user, a role, a managed policy, or the root of an account, as a seed document describes it.
struct SeedPrincipal: Sendable {
    /// What it is.
    enum Kind: Sendable {
        case root
        case policy(document: String, description: String?)
        case user
        case role(trustPolicy: String, description: String?, maxSessionSeconds: Int64)
    }

    /// An access key that somebody made up.
    struct Key: Sendable {
        let id: String
        let secret: String
        /// Where its id stands, for errors.
        let place: SeedPlace
    }

    /// A managed policy that a user or role is to have.
    struct PolicyReference: Sendable {
        /// The ARN, or the name of a policy of the account.
        let text: String
        /// Where it stands, for errors.
        let place: SeedPlace
    }

    let kind: Kind
    /// Empty for the root.
    let name: String
    let path: String
    let scope: Scope
    /// By name, as they will be stored.
    var inlinePolicies: [InlinePolicy] = []
    /// AWS's policies or the account's.
    var attachedPolicies: [PolicyReference] = []
    var boundary: PolicyReference?
    var tags: [Tag] = []
    var accessKeys: [Key] = []
    /// Where it stands, for errors.
    let place: SeedPlace

    var account: String { scope.account }

    /// What no two of them may have in common.
    var identifier: String {
        switch kind {
        case .root: "\(account) root"
        case .policy: "\(account) policy \(name.lowercased())"
        case .user: "\(account) user \(name.lowercased())"
        case .role: "\(account) role \(name.lowercased())"
        }
    }
}

extension SeedPrincipal {
    /// Makes it, unless it is there; its access keys too, unless somebody has them.
    ///
    /// - Parameters:
    ///   - vault: the vault, inside a job of its write lane.
    ///   - now: the time of creation.
    /// - Returns: whether there was anything to do.
    /// - Throws: what the vault throws.
    func make(in vault: any VaultWriting, at now: Timestamp) throws(APIError) -> Bool {
        switch kind {
        case .root: return try makeKeys(of: nil, in: vault, at: now)
        case .policy(let document, let description):
            guard try vault.managedPolicy(named: name, in: account) == nil else { return false }
            let policy = ManagedPolicy(
                partition: scope.partition,
                account: account,
                name: name,
                path: path,
                uniqueID: StableIdentifier.uniqueID(.policy, name, account),
                description: description,
                createdAt: now,
                updatedAt: now
            )
            _ = try vault.insert(policy, document: document)
            return true
        case .user: return try makePrincipal(in: vault, at: now) { $0 }
        case .role(let trustPolicy, let description, let maxSessionSeconds):
            return try makePrincipal(in: vault, at: now) { role in
                var role = role
                role.trustPolicy = trustPolicy
                role.description = description
                role.maxSessionSeconds = maxSessionSeconds
                return role
            }
        }
    }

    private func makePrincipal(
        in vault: any VaultWriting,
        at now: Timestamp,
        _ completed: (IAMPrincipal) -> IAMPrincipal
    ) throws(APIError) -> Bool {
        let isRole = if case .role = kind { true } else { false }
        let kind: IAMPrincipal.Kind = isRole ? .role : .user
        if let present = try vault.principal(kind, named: name, in: account) {
            return try isRole ? false : makeKeys(of: present, in: vault, at: now)
        }
        var attachedARNs: [String] = []
        for policy in attachedPolicies {
            attachedARNs.append(try policy.arn(in: account, vault))
        }
        let boundaryARN = try boundary.map { policy throws(APIError) in
            try policy.arn(in: account, vault)
        }
        let principal = try vault.insert(
            completed(
                IAMPrincipal(
                    partition: scope.partition,
                    account: account,
                    kind: kind,
                    name: name,
                    path: path,
                    uniqueID: StableIdentifier.uniqueID(isRole ? .role : .user, name, account),
                    createdAt: now,
                    boundaryARN: boundaryARN
                )
            )
        )
        for policy in inlinePolicies {
            try vault.setInlinePolicy(policy.document, named: policy.name, of: principal)
        }
        for arn in attachedARNs { try vault.attachPolicy(arn: arn, to: principal) }
        if !tags.isEmpty { try vault.setTags(tags, of: principal) }
        if !isRole { _ = try makeKeys(of: principal, in: vault, at: now) }
        return true
    }

    private func makeKeys(
        of user: IAMPrincipal?,
        in vault: any VaultWriting,
        at now: Timestamp
    ) throws(APIError) -> Bool {
        var isNew = false
        for key in accessKeys where try vault.credential(accessKeyID: key.id) == nil {
            let row = AccessKey(
                id: key.id,
                account: account,
                principalID: user?.id,
                createdAt: now
            )
            try vault.insert(row, secretAccessKey: key.secret)
            isNew = true
        }
        return isNew
    }
}

extension SeedPrincipal.PolicyReference {
    /// The ARN of the policy, which may have a path.
    ///
    /// - Throws: where it is named, when neither AWS nor the account has it.
    fileprivate func arn(
        in account: String,
        _ vault: any VaultReading
    ) throws(APIError) -> String {
        if ARN.isARN(text) {
            if try vault.isAttachable(text, in: account) { return text }
        } else if let policy = try vault.managedPolicy(named: text, in: account) {
            return policy.arn
        }
        throw .policyNotAttachable(text, cause: place.error(Self.unknown).description)
    }

    /// What is wrong with one that is not there.
    static let unknown =
        "there is no such policy; describe it among the principals, or name one of AWS by its ARN"
}
