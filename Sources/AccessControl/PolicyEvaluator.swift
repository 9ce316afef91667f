/// Decides about requests of one caller to one resource.
///
/// The rules in their order: an explicit deny in any policy wins. Within an account either side may
/// allow; across accounts both must. A permissions boundary and session policies only limit, and do
/// not limit what the resource's policy gives to the user or session by its own ARN; what it gives to
/// the user in whose name a federated user calls, they limit. The root of an account needs nobody's
/// permission in it.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html.
package struct PolicyEvaluator: Sendable {
    /// The account that the caller belongs to.
    package let callerAccount: String
    /// Whether the caller is the root of its account.
    package let isRoot: Bool
    /// The account that owns the resource.
    package let resourceAccount: String
    /// Whether the resource's own policy must agree even to callers of its account, as those of KMS
    /// keys and the trust policies of roles must.
    package let isResourcePolicyRequired: Bool
    /// All policies that have a say.
    package let policies: [AttachedPolicy]

    /// An evaluator for these parties.
    package init(
        callerAccount: String,
        isRoot: Bool,
        resourceAccount: String,
        isResourcePolicyRequired: Bool = false,
        policies: [AttachedPolicy]
    ) {
        self.callerAccount = callerAccount
        self.isRoot = isRoot
        self.resourceAccount = resourceAccount
        self.isResourcePolicyRequired = isResourcePolicyRequired
        self.policies = policies
    }

    /// Whether the request may pass.
    package func decide(_ request: AccessRequest) -> Decision {
        var allows = Allows()
        for policy in policies where isBound(by: policy.source) {
            for (offset, statement) in policy.document.statements.enumerated() {
                guard case .matches(let named) = statement.matches(request: request) else {
                    continue
                }
                let reference = StatementReference(
                    source: policy.source,
                    policy: policy.name,
                    number: offset + 1,
                    sid: statement.sid
                )
                if statement.effect == .deny { return .explicitlyDenied(by: reference) }
                allows.note(reference, naming: named, for: request)
            }
        }
        return decide(allows)
    }

    /// Every statement that is about the request, by its effect, in the order of the policies.
    package func statements(
        about request: AccessRequest
    ) -> [(effect: PolicyEffect, reference: StatementReference)] {
        policies.filter { isBound(by: $0.source) }.flatMap { policy in
            policy.document.statements.enumerated().compactMap { offset, statement in
                guard case .matches = statement.matches(request: request) else { return nil }
                let reference = StatementReference(
                    source: policy.source,
                    policy: policy.name,
                    number: offset + 1,
                    sid: statement.sid
                )
                return (statement.effect, reference)
            }
        }
    }

    /// The root of an account has no policies of its own, and none that is attached binds it.
    private func isBound(by source: PolicySource) -> Bool {
        !isRoot || source == .resource
    }

    private func decide(_ allows: Allows) -> Decision {
        let isOwnAccount = callerAccount == resourceAccount
        let needsGrant = !isOwnAccount || isResourcePolicyRequired
        if isOwnAccount, let (grant, statement) = allows.grant {
            if grant == .callerItself { return .allowed(by: statement) }
            if grant == .othersToo {
                return limited(by: allows) ?? .allowed(by: statement)
            }
        }
        guard isRoot || allows.identity != nil else {
            // In one's own account a required grant comes first: without it nothing else counts.
            return .implicitlyDenied(
                isOwnAccount && needsGrant && allows.grant == nil ? .resource : .identity
            )
        }
        if let refusal = limited(by: allows) { return refusal }
        if needsGrant, allows.grant == nil { return .implicitlyDenied(.resource) }
        return .allowed(by: allows.identity ?? allows.grant?.statement)
    }

    /// What stands in the way although something else allows; nil when nothing does.
    private func limited(by allows: Allows) -> Decision? {
        if isRoot { return nil }
        if allows.boundary == nil, policies.contains(where: { $0.source == .boundary }) {
            return .implicitlyDenied(.boundary)
        }
        if allows.session == nil, policies.contains(where: { $0.source == .session }) {
            return .implicitlyDenied(.session)
        }
        return nil
    }
}

/// The statements that allow a request, one of each source.
private struct Allows {
    var identity: StatementReference?
    var boundary: StatementReference?
    var session: StatementReference?
    /// The strongest grant of the resource's policies.
    var grant: (strength: Grant, statement: StatementReference)?

    /// What a resource's policy gives, by the name that it uses for the caller.
    enum Grant: Int {
        /// It names the account, which may hand the permission on by policies of its own.
        case account
        /// It names the role of the session, or everyone.
        case othersToo
        /// It names the user or the session by its ARN.
        case callerItself
    }

    mutating func note(
        _ statement: StatementReference,
        naming principals: [Principal],
        for request: AccessRequest
    ) {
        switch statement.source {
        case .identity: identity = identity ?? statement
        case .boundary: boundary = boundary ?? statement
        case .session: session = session ?? statement
        case .resource:
            let strength = Allows.strength(principals, isFederated: request.isByFederatedUser)
            if strength.rawValue > grant?.strength.rawValue ?? -1 {
                grant = (strength, statement)
            }
        }
    }

    /// An Allow with NotPrincipal names nobody and means all others: it is like one for everyone.
    private static func strength(_ principals: [Principal], isFederated: Bool) -> Grant {
        let grants = principals.map { principal -> Grant in
            switch principal {
            case .roleSession, .federatedUser, .service: .callerItself
            case .user where !isFederated: .callerItself
            case .uniqueID(let id) where id.hasPrefix("AIDA") && !isFederated: .callerItself
            case .account: .account
            case .everyone, .user, .role, .uniqueID, .federated, .canonicalUser: .othersToo
            }
        }
        return grants.max { $0.rawValue < $1.rawValue } ?? .othersToo
    }
}

extension AccessRequest {
    /// Whether the caller has a session from GetFederationToken, whose user is only one of its names.
    fileprivate var isByFederatedUser: Bool {
        if case .federatedUser? = principals.first { true } else { false }
    }
}
