internal import AWS
internal import JSON
internal import Notation

extension SeedExport {
    /// Policies, the root's access keys, roles, users.
    func principals(_ vault: any VaultReading) throws(APIError) -> [JSONValue] {
        var list: [JSONValue] = []
        for policy in try vault.allManagedPolicies(in: account) {
            list.append(try element(policy, vault))
        }
        let rootKeys = try accessKeys(of: nil, vault)
        if !rootKeys.isEmpty {
            var members = SeedElement()
            members.flag("root", true)
            members.list("accessKeys", rootKeys)
            list.append(members.json)
        }
        for kind in [IAMPrincipal.Kind.role, .user] {
            for principal in try vault.allPrincipals(kind, in: account) {
                list.append(try element(principal, vault))
            }
        }
        return list
    }

    private func element(
        _ policy: ManagedPolicy,
        _ vault: any VaultReading
    ) throws(APIError) -> JSONValue {
        var members = SeedElement()
        members.text("policy", policy.name)
        members.text("path", policy.path, unless: "/")
        members.text("description", policy.description)
        members.document("document", try vault.policyDocument(arn: policy.arn) ?? "{}")
        members.tags(try vault.tags(of: policy))
        return members.json
    }

    private func element(
        _ principal: IAMPrincipal,
        _ vault: any VaultReading
    ) throws(APIError) -> JSONValue {
        var members = SeedElement()
        members.text(principal.kind.rawValue, principal.name)
        members.text("path", principal.path, unless: "/")
        members.text("description", principal.description)
        if principal.kind == .role {
            members.document("trust", principal.trustPolicy ?? "{}")
            if principal.maxSessionSeconds != 3_600 {
                members.number("maxSessionSeconds", principal.maxSessionSeconds)
            }
        }
        let inline = try vault.inlinePolicies(of: principal)
        if !inline.isEmpty {
            var policies = SeedElement()
            for policy in inline { policies.document(policy.name, policy.document) }
            members.object("policies", policies.object)
        }
        members.texts("attached", try vault.attachedPolicyARNs(of: principal))
        members.text("boundary", principal.boundaryARN)
        members.tags(try vault.tags(of: principal))
        if principal.kind == .user {
            members.list("accessKeys", try accessKeys(of: principal, vault))
        }
        return members.json
    }

    /// Nothing where values are left out: a key is no good without its secret.
    private func accessKeys(
        of user: IAMPrincipal?,
        _ vault: any VaultReading
    ) throws(APIError) -> [JSONValue] {
        guard includesValues else { return [] }
        var list: [JSONValue] = []
        // Those of one moment have no order of their own.
        let keys = try vault.accessKeys(ofPrincipal: user?.id, in: account)
        for key in keys.sorted(by: { $0.id < $1.id }) {
            guard let credential = try vault.credential(accessKeyID: key.id) else { continue }
            var members = SeedElement()
            members.text("id", key.id)
            members.text("secret", credential.secretAccessKey)
            if !key.isActive { members.flag("active", false) }
            list.append(members.json)
        }
        return list
    }
}
