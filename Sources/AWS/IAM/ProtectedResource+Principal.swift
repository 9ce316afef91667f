internal import AccessControl
internal import Notation

extension ProtectedResource {
    /// A user or role of the caller's account; one that is not there by the name it would have.
    init(
        _ principal: IAMPrincipal?,
        _ kind: IAMPrincipal.Kind,
        _ name: String,
        _ caller: Caller
    ) {
        let named = caller.scope.iamARN("\(kind.rawValue)/\(name)")
        self.init(
            arn: principal?.arn ?? named,
            shownAs: "\(kind.rawValue) \(principal?.name ?? name)",
            caller
        )
        conditions = principal.map { PrincipalConditions(principal: .known($0)) }
    }

    /// The user or role that somebody calls as, which the request does not name.
    init(holderOf caller: Caller) {
        let arn = caller.principal.holderARN
        self.init(arn: arn, shownAs: caller.principal.userName.map { "user \($0)" } ?? arn, caller)
        conditions = caller.principal.holderID.map { PrincipalConditions(principal: .numbered($0)) }
    }

    /// A role that somebody would assume: its trust policy must agree, whoever it is.
    init(roleARN: String, _ role: IAMPrincipal?, _ caller: Caller) {
        self.init(arn: roleARN, caller)
        needsOwnPolicy = true
        guard let role else { return }
        policies = [.resource("trust policy of \(role.name)", role.trustPolicy ?? "", .trust)]
        conditions = PrincipalConditions(principal: .known(role))
    }
}

/// The condition keys that tell about a user or role.
///
/// [Those of IAM](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html)
struct PrincipalConditions: ConditionSource {
    /// How somebody is found.
    enum Holder: Sendable {
        case known(IAMPrincipal)
        /// By the vault's own number.
        case numbered(Int64)
        /// A role, by its ARN.
        case role(arn: String)
    }

    let principal: Holder
    /// Whether the request is about the policies of somebody, for whom a boundary may be asked for.
    var tellsBoundary = false

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        guard keys.isSought("aws:ResourceTag/", "iam:ResourceTag/", "iam:PermissionsBoundary"),
            let found = try find(in: vault)
        else { return }
        if tellsBoundary { keys.set("iam:PermissionsBoundary", found.boundaryARN) }
        try keys.setTags(under: "aws:ResourceTag/", "iam:ResourceTag/") { () throws(APIError) in
            try vault.tags(of: found)
        }
    }

    private func find(in vault: any VaultReading) throws(APIError) -> IAMPrincipal? {
        switch principal {
        case .known(let principal): principal
        case .numbered(let id): try vault.principal(id: id)
        case .role(let arn): try vault.principal(.role, arn: arn)
        }
    }
}

/// The condition keys that tell about a managed policy.
struct ManagedPolicyConditions: ConditionSource {
    let policy: ManagedPolicy

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        try keys.setTags(under: "aws:ResourceTag/", "iam:ResourceTag/") { () throws(APIError) in
            try vault.tags(of: policy)
        }
    }
}

extension VaultReading {
    /// The user or role of an ARN, path and all; nil when there is none.
    func principal(_ kind: IAMPrincipal.Kind, arn text: String) throws(APIError) -> IAMPrincipal? {
        guard let arn = ARN(text), arn.service == IAM.signingName, let name = arn.path.last,
            arn.resource.hasPrefix("\(kind.rawValue)/")
        else { return nil }
        let found = try principal(kind, named: String(name), in: arn.account)
        return found?.arn == text ? found : nil
    }
}
