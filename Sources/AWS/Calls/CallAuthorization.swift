internal import AccessControl
internal import Notation

/// Decides what one call may do, and notes what it decided against it.
///
/// [Policy evaluation](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
package final class CallAuthorization {
    private let authorization: Authorization
    private let caller: Caller
    private let now: Timestamp
    private let vault: any VaultReading
    /// The caller's own policies, read when they are first needed.
    private var ownPolicies: [AttachedPolicy]?
    /// What was decided against the call, for the audit trail.
    private(set) var refusals: String?

    init(
        _ authorization: Authorization,
        _ caller: Caller,
        _ now: Timestamp,
        _ vault: any VaultReading
    ) {
        self.authorization = authorization
        self.caller = caller
        self.now = now
        self.vault = vault
    }

    private func note(_ refusal: String) {
        refusals = refusals.map { "\($0) \(refusal)" } ?? refusal
    }

    /// Runs what the caller does besides, whose record is another one, and gives what was decided
    /// against that.
    func notingApart<Answer>(_ body: () -> Answer) -> (answer: Answer, refusals: String?) {
        let former = refusals
        refusals = nil
        let answer = body()
        defer { refusals = former }
        return (answer, refusals)
    }

    /// Refuses what the caller may not do; where refusals are only reported, notes it.
    ///
    /// - Parameters:
    ///   - permissions: all that is needed.
    ///   - subject: what the call is about; asked once, and only when a permission is for it.
    /// - Throws: AccessDeniedException.
    func require(
        _ permissions: [Permission],
        onSubject subject: () throws(APIError) -> ProtectedResource
    ) throws(APIError) {
        var known: ProtectedResource?
        for permission in permissions {
            guard case .subject = permission.target else {
                try require(permission, on: ProtectedResource(permission.target, caller))
                continue
            }
            if known == nil { known = try subject() }
            if let known { try require(permission, on: known) }
        }
    }

    /// The same for a resource that is at hand.
    ///
    /// - Parameters:
    ///   - permission: what for.
    ///   - resource: what the caller would do it to.
    ///   - error: what is thrown in place of AWS's sentence about the permission.
    /// - Throws: AccessDeniedException, or `error`.
    func require(
        _ permission: Permission,
        on resource: ProtectedResource,
        orThrow error: APIError? = nil
    ) throws(APIError) {
        if let refusal = try refusal(of: permission, on: resource) { throw error ?? refusal }
    }

    /// AWS's sentence about a permission that the caller lacks, noted for the audit trail; nil where
    /// it has it, or where refusals are only reported.
    func refusal(
        of permission: Permission,
        on resource: ProtectedResource
    ) throws(APIError) -> APIError? {
        let explanation = try explain(permission, on: resource)
        guard !explanation.decision.isAllowed else { return nil }
        let refusal = APIError.notAuthorized(
            caller.principal.arn,
            permission.action,
            resource.phrase(to: caller),
            explanation.decision
        )
        switch authorization.mode {
        case .off: return nil
        case .report:
            note("Would be refused: \(refusal.message ?? "") (\(explanation))")
            return nil
        case .enforce:
            note("\(permission.action): \(explanation)")
            return refusal
        }
    }

    /// Whether it is decided so, and what decided it.
    func explain(
        _ permission: Permission,
        on resource: ProtectedResource
    ) throws(APIError) -> PolicyExplanation {
        var texts = resource.policies
        if let occasional = resource.occasionalPolicies {
            texts += try occasional.policies(for: permission, of: caller, vault)
        }
        let policies = try policies() + texts.map(authorization.read)
        let evaluator = PolicyEvaluator(
            callerAccount: caller.scope.account,
            isRoot: caller.principal.kind == .root,
            resourceAccount: resource.account,
            isResourcePolicyRequired: resource.needsOwnPolicy,
            policies: policies
        )
        let context = try conditionKeys(of: permission, on: resource, soughtBy: policies).context
        return evaluator.explain(
            AccessRequest(
                principals: caller.principals,
                action: permission.action,
                resource: resource.arn,
                context: context
            )
        )
    }

    /// The values of the condition keys that somebody's policies look at; none when they look at none.
    func conditionKeys(
        of permission: Permission,
        on resource: ProtectedResource,
        soughtBy policies: [AttachedPolicy]
    ) throws(APIError) -> ConditionKeys {
        var keys = ConditionKeys(soughtBy: policies)
        guard !keys.isIdle else { return keys }
        keys.add(caller, at: now)
        let isSecure = authorization.assumesSecureTransport || caller.isEncrypted
        keys.set("aws:SecureTransport", isSecure ? "true" : "false")
        keys.set("aws:ResourceAccount", resource.account)
        // Tags and the like are read from the vault only for policies that look at them.
        for source in [resource.conditions, permission.lateConditions] {
            try source?.add(to: &keys, for: caller, vault)
        }
        keys.add(permission)
        return keys
    }

    private func policies() throws(APIError) -> [AttachedPolicy] {
        if let ownPolicies { return ownPolicies }
        var texts = caller.principal.session?.policies ?? []
        if let holder = caller.principal.holderID {
            texts = try vault.policyTexts(ofPrincipal: holder) + texts
        }
        let policies = texts.map(authorization.read)
        ownPolicies = policies
        return policies
    }
}
