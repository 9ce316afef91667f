internal import AWS
internal import Notation

/// How users, roles and policies that are there differ from a document, and are made like it.
extension SeedPrincipal {
    private enum Part {
        static let document = "document"
        static let path = "path"
        static let tags = "tags"
        static let trust = "trust"
        static let description = "description"
        static let maxSessionSeconds = "maxSessionSeconds"
        static let policies = "policies"
        static let attached = "attached"
        static let boundary = "boundary"
        static let accessKeys = "accessKeys"
    }

    func difference(
        from vault: any VaultReading,
        _ plan: SeedPlan
    ) throws(APIError) -> SeedDifference {
        if let refusal = try refusalOfReferences(vault, plan) { return .refused(refusal) }
        switch form {
        case .root:
            return try keyDifference(of: nil, vault)
        case .policy(let document, let description):
            return try policyDifference(document, description, vault)
        case .user, .role:
            let kind: IAMPrincipal.Kind = if case .role = form { .role } else { .user }
            guard let holder = try vault.principal(kind, named: name, in: account) else {
                return .missing
            }
            return try difference(from: holder, vault)
        }
    }

    /// Policies that neither the vault nor a document has.
    private func refusalOfReferences(
        _ vault: any VaultReading,
        _ plan: SeedPlan
    ) throws(APIError) -> SeedError? {
        for reference in (attachedPolicies ?? []) + [boundary].compactMap(\.self) {
            guard try reference.knownARN(in: account, vault) == nil,
                !plan.hasPolicy(reference.text, in: account)
            else { continue }
            return reference.place.error(PolicyReference.unknown)
        }
        return nil
    }

    private func policyDifference(
        _ document: String,
        _ description: String?,
        _ vault: any VaultReading
    ) throws(APIError) -> SeedDifference {
        guard let policy = try vault.managedPolicy(named: name, in: account) else {
            return .missing
        }
        if let path, path != policy.path {
            return .refused(place.error("the policy is there with another path; delete it first"))
        }
        if let description, description != policy.description {
            return .refused(
                place.error("a policy's description never changes; delete the policy first")
            )
        }
        var parts: [String] = []
        let present = try vault.policyDocument(arn: policy.arn) ?? ""
        if !PolicyText.isSame(document, present) { parts.append(Part.document) }
        if let tags, try Set(vault.tags(of: policy)) != Set(tags) { parts.append(Part.tags) }
        return .parts(parts)
    }

    private func difference(
        from holder: IAMPrincipal,
        _ vault: any VaultReading
    ) throws(APIError) -> SeedDifference {
        var parts: [String] = []
        if let path, path != holder.path { parts.append(Part.path) }
        if case .role(let trust, let description, let maxSessionSeconds) = form {
            if !PolicyText.isSame(trust, holder.trustPolicy ?? "") { parts.append(Part.trust) }
            if let description, description != holder.description {
                parts.append(Part.description)
            }
            if let maxSessionSeconds, maxSessionSeconds != holder.maxSessionSeconds {
                parts.append(Part.maxSessionSeconds)
            }
        }
        if let inlinePolicies {
            let present = try vault.inlinePolicies(of: holder)
            let isSame =
                present.count == inlinePolicies.count
                && inlinePolicies.allSatisfy { policy in
                    present.contains {
                        $0.name == policy.name && PolicyText.isSame($0.document, policy.document)
                    }
                }
            if !isSame { parts.append(Part.policies) }
        }
        if let attachedPolicies {
            let present = Set(try vault.attachedPolicyARNs(of: holder))
            var wanted: Set<String> = []
            for policy in attachedPolicies {
                wanted.insert(try policy.knownARN(in: account, vault) ?? policy.text)
            }
            if present != wanted { parts.append(Part.attached) }
        }
        if let boundary, try boundary.knownARN(in: account, vault) != holder.boundaryARN {
            parts.append(Part.boundary)
        }
        if let tags, try Set(vault.tags(of: holder)) != Set(tags) { parts.append(Part.tags) }
        guard case .parts(let keys) = try keyDifference(of: holder, vault) else {
            return try keyDifference(of: holder, vault)
        }
        return .parts(parts + keys)
    }

    /// Keys that are missing, or there with another secret; one that is somebody else's is refused.
    private func keyDifference(
        of user: IAMPrincipal?,
        _ vault: any VaultReading
    ) throws(APIError) -> SeedDifference {
        var differs = false
        for key in accessKeys {
            guard let present = try vault.credential(accessKeyID: key.id) else {
                differs = true
                continue
            }
            guard present.key.account == account, present.key.principalID == user?.id else {
                let reason = "somebody else has this access key; choose another"
                return .refused(key.place.error(reason))
            }
            if present.secretAccessKey != key.secret || present.key.isActive != key.isActive {
                differs = true
            }
        }
        return .parts(differs ? [Part.accessKeys] : [])
    }

    // MARK: Changing

    func change(
        _ parts: [String],
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        switch form {
        case .root: try replaceKeys(of: nil, in: vault, moment)
        case .policy(let document, _):
            guard let policy = try vault.managedPolicy(named: name, in: account) else { return }
            if let tags { try vault.setTags(tags, of: policy) }
            guard parts.contains(Part.document) else { return }
            try putVersion(document, of: policy, in: vault, moment)
        case .user:
            guard let user = try vault.principal(.user, named: name, in: account) else { return }
            try change(user, parts, in: vault)
            try replaceKeys(of: user, in: vault, moment)
        case .role(let trustPolicy, let description, let maxSessionSeconds):
            guard var role = try vault.principal(.role, named: name, in: account) else { return }
            role.trustPolicy = trustPolicy
            if let description { role.description = description }
            if let maxSessionSeconds { role.maxSessionSeconds = maxSessionSeconds }
            try change(role, parts, in: vault)
        }
    }

    private func change(
        _ holder: IAMPrincipal,
        _ parts: [String],
        in vault: any VaultWriting
    ) throws(APIError) {
        var holder = holder
        if let path { holder.path = path }
        if boundary != nil { holder.boundaryARN = try boundaryARN(vault) }
        try vault.update(holder)
        if let tags { try vault.setTags(tags, of: holder) }
        if let inlinePolicies, parts.contains(Part.policies) {
            for policy in try vault.inlinePolicies(of: holder) {
                try vault.setInlinePolicy(nil, named: policy.name, of: holder)
            }
            for policy in inlinePolicies {
                try vault.setInlinePolicy(policy.document, named: policy.name, of: holder)
            }
        }
        if parts.contains(Part.attached) {
            let wanted = try attachedARNs(vault)
            for arn in try vault.attachedPolicyARNs(of: holder) where !wanted.contains(arn) {
                try vault.detachPolicy(arn: arn, from: holder)
            }
            for arn in wanted { try vault.attachPolicy(arn: arn, to: holder) }
        }
    }

    private func replaceKeys(
        of user: IAMPrincipal?,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        for key in accessKeys {
            guard let present = try vault.credential(accessKeyID: key.id),
                present.secretAccessKey != key.secret || present.key.isActive != key.isActive
            else { continue }
            try vault.delete(present.key)
        }
        _ = try makeKeys(of: user, in: vault, moment)
    }

    /// A policy's document is changed by a new version, which counts from now on; the oldest of five
    /// makes room.
    private func putVersion(
        _ document: String,
        of policy: ManagedPolicy,
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError) {
        let versions = try vault.versions(of: policy)
        if versions.count >= CreatePolicyVersion.maximum,
            let oldest = versions.last(where: { $0.number != policy.defaultVersion })
        {
            try vault.deleteVersion(oldest.number, of: policy)
        }
        var policy = policy
        policy.lastVersion += 1
        policy.defaultVersion = policy.lastVersion
        policy.updatedAt = moment.now
        try vault.insertVersion(
            ManagedPolicyVersion(
                number: policy.lastVersion,
                document: document,
                createdAt: moment.now
            ),
            of: policy
        )
        try vault.update(policy)
    }
}
