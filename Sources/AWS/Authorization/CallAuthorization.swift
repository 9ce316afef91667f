internal import AccessControl

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
    func require(_ permission: Permission, _ secret: Secret? = nil) throws(APIError) {
        try require(permission, on: try resource(permission.target, secret))
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
        let explanation = try explain(permission, on: resource)
        guard !explanation.decision.isAllowed else { return }
        let refusal = APIError.notAuthorized(
            caller.principalARN,
            permission.action,
            resource.shownAs,
            explanation.decision
        )
        switch authorization.mode {
        case .off: return
        case .report:
            note("Would be refused: \(refusal.message ?? "") (\(explanation))")
        case .enforce:
            note("\(permission.action): \(explanation)")
            throw error ?? refusal
        }
    }

    /// Whether it is decided so, and what decided it.
    func explain(
        _ permission: Permission,
        on resource: ProtectedResource
    ) throws(APIError) -> PolicyExplanation {
        let policies = try policies() + resource.policies.map(authorization.read)
        let evaluator = PolicyEvaluator(
            callerAccount: caller.scope.account,
            isRoot: caller.identity == .root,
            resourceAccount: resource.account,
            isResourcePolicyRequired: resource.needsOwnPolicy,
            policies: policies
        )
        var keys = ConditionKeys()
        // Tags and the like are read from the vault only for policies that look at them.
        if policies.contains(where: \.readsContext) {
            keys.add(caller, at: now)
            try keys.add(resource, vault)
            if let kmsKeyID = permission.kmsKeyID {
                try keys.add(kmsKeyID: kmsKeyID, caller.scope, vault)
            }
            keys.add(permission)
        }
        return evaluator.explain(
            AccessRequest(
                principals: caller.principals,
                action: permission.action,
                resource: resource.arn,
                context: keys.context
            )
        )
    }

    /// Refuses a resource policy under which the caller could not make this call again.
    ///
    /// - Parameters:
    ///   - permission: what the call needs.
    ///   - secret: the secret that it is for.
    ///   - policy: in place of the one that the secret has.
    /// - Throws: `policyLocksCallerOut`.
    func check(
        _ permission: Permission,
        of secret: Secret,
        under policy: PolicyDocument
    ) throws(APIError) {
        var resource = try ProtectedResource(secretID: secret.arn.text, secret, caller, vault)
        resource.policies.removeAll { $0.name == ResourcePolicy.defaultName }
        resource.policies.append(.resource(ResourcePolicy.defaultName, policy.prettyText))
        try require(permission, on: resource, orThrow: .policyLocksCallerOut)
    }

    /// Refuses a key policy under which the caller could not put another one.
    func checkPolicyCanBePut(on key: KeyARN, under policy: String) throws(APIError) {
        var resource = ProtectedResource(arn: key.text, caller)
        resource.needsOwnPolicy = true
        resource.policies = [.keyPolicy(policy)]
        let permission = Permission(KMSAction.putKeyPolicy, on: .key(key.text))
        try require(permission, on: resource, orThrow: .keyPolicyLocksCallerOut)
    }

    private func policies() throws(APIError) -> [AttachedPolicy] {
        if let ownPolicies { return ownPolicies }
        var texts: [PolicyText] = []
        switch caller.identity {
        case .root: break
        case .user(let user, _): texts = try vault.policyTexts(ofPrincipal: user.id)
        case .roleSession(let session):
            texts = try vault.policyTexts(ofPrincipal: session.role.id) + session.policies
        }
        let policies = texts.map(authorization.read)
        ownPolicies = policies
        return policies
    }

    private func resource(
        _ target: Permission.Target,
        _ secret: Secret?
    ) throws(APIError) -> ProtectedResource {
        switch target {
        case .secret(let id):
            return try ProtectedResource(secretID: id, secret, caller, vault)
        case .newSecret(let name): return ProtectedResource(newSecret: name, caller)
        case .key(let id):
            // One that is not there is named as it was sent, and nothing is said about it.
            guard let address = try? KeyAddress(id, from: caller.scope),
                let key = try vault.key(at: address)
            else { return ProtectedResource(arn: id, caller) }
            return try ProtectedResource(key, vault)
        case .alias(let name):
            return ProtectedResource(arn: KeyARN.text(in: caller.scope, resource: name), caller)
        case .caller:
            let arn = caller.identity.principal?.arn ?? caller.principalARN
            return ProtectedResource(arn: arn, caller)
        case .principal(let kind, let name):
            let account = caller.scope.account
            let principal = try vault.principal(kind, named: name, in: account)
            let arn = principal?.arn ?? "arn:aws:iam::\(account):\(kind.rawValue)/\(name)"
            return ProtectedResource(arn: arn, caller)
        case .iam(let name):
            return ProtectedResource(arn: "arn:aws:iam::\(caller.scope.account):\(name)", caller)
        case .resource(let arn): return ProtectedResource(arn: arn, caller)
        case .nothing: return ProtectedResource(nothingFor: caller)
        }
    }
}

extension Caller {
    /// Every name that policies may have for the caller, the most particular first.
    var principals: [Principal] {
        switch identity {
        case .root: [.account(scope.account)]
        case .user(let user, _):
            [.user(user.arn), .uniqueID(user.uniqueID), .account(scope.account)]
        case .roleSession(let session):
            [
                .roleSession(session.arn), .role(session.role.arn),
                .uniqueID(session.role.uniqueID), .account(scope.account),
            ]
        }
    }
}
