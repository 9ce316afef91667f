internal import AccessControl
internal import Notation

/// Whether a call would be allowed: its own action, and what else it needs.
struct PolicyQuestion {
    /// What is asked about.
    let own: Permission
    /// What the call is about.
    let subject: ProtectedResource
    /// What the operation asks for besides its own.
    var others: [Permission] = []
    /// What the operation says that it needs; nil when nobody knows.
    let needs: OperationNeeds?
    /// Condition keys that whoever asks gives to all of it.
    var context: [String: [String]] = [:]

    /// Answers by the policies as they are.
    func answer(
        _ decider: CallAuthorization,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> PolicySimulation.Answer {
        let explanation = try decider.explain(own, on: resource(own.target, caller))
        func answer(
            _ explanation: PolicyExplanation,
            missing: (action: String, resource: String)? = nil
        ) -> PolicySimulation.Answer {
            PolicySimulation.Answer(
                explanation: explanation,
                action: own.action,
                missing: missing
            )
        }
        guard explanation.decision.isAllowed, let needs else { return answer(explanation) }
        let beside = others.map { permission in
            FurtherNeed(permission: permission, resource: resource(permission.target, caller))
        }
        for need in beside + (try needs.subject(for: caller, vault).further) {
            let explanations = try ([need] + need.alternatives).map { need throws(APIError) in
                try decider.explain(need.permission.carrying(context), on: need.resource)
            }
            guard !explanations.contains(where: \.decision.isAllowed) else { continue }
            return answer(explanations[0], missing: (need.permission.action, need.resource.arn))
        }
        return answer(explanation)
    }

    private func resource(_ target: Permission.Target, _ caller: Caller) -> ProtectedResource {
        if case .subject = target { subject } else { ProtectedResource(target, caller) }
    }
}

extension PolicySimulation {
    /// Asks about a call of the audit trail, by the policies as they are now.
    ///
    /// - Parameters:
    ///   - record: the call.
    ///   - authorization: which reads the policies.
    ///   - vault: the vault.
    /// - Returns: nil when the caller is not there any more.
    /// - Throws: InternalServiceError.
    package static func answer(
        again record: AuditRecord,
        _ authorization: Authorization,
        in vault: any VaultReading
    ) throws(APIError) -> Answer? {
        let principal = CallerByARN(record.principalARN, in: record.scope.region)
        let found = try principal.caller(at: record.time, in: vault)
        guard let found else { return nil }
        let caller = Caller(recorded: record, found.principal)
        let decider = CallAuthorization(authorization, caller, record.time, vault)
        guard let needs = RecordedCall(record).needs, let own = needs.permissions.first else {
            // It needed nothing, or what it was nobody knows.
            return try PolicyQuestion(
                own: Permission(record.action, context: [:]),
                subject: ProtectedResource(nothingFor: caller),
                needs: nil
            ).answer(decider, caller, vault)
        }
        return try PolicyQuestion(
            own: own,
            subject: try needs.subject(for: caller, vault).resource,
            others: Array(needs.permissions.dropFirst()),
            needs: needs
        ).answer(decider, caller, vault)
    }
}
