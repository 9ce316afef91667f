@testable import AccessControl

/// A second evaluator, made to be compared with the first: it takes every rule as AWS's pages state
/// it, one after the other, tries everything and remembers nothing.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
struct SlowEvaluator {
    let caller: EvaluationParty
    let resourceAccount: String
    let isResourcePolicyRequired: Bool
    let policies: [DraftPolicy]

    func decide(_ request: AccessRequest) -> Decision {
        let matching = matches(request)
        if let deny = matching.first(where: { $0.statement.effect == .deny }) {
            return .explicitlyDenied(by: deny.reference)
        }
        func allow(_ source: PolicySource) -> StatementReference? {
            matching.first { $0.reference.source == source }?.reference
        }
        func grant(_ strengths: Set<EvaluationParty.Strength>) -> StatementReference? {
            matching.first {
                $0.reference.source == .resource
                    && strengths.contains(caller.strength(of: $0.statement, request.principals))
            }?.reference
        }
        let missingLimit = [PolicySource.boundary, .session].first { source in
            caller.kind != .root && policies.contains { $0.source == source }
                && allow(source) == nil
        }
        if caller.account == resourceAccount {
            if let direct = grant([.callerItself]) { return .allowed(by: direct) }
            if let wide = grant([.othersToo]) {
                return missingLimit.map { .implicitlyDenied($0) } ?? .allowed(by: wide)
            }
            let delegation = grant([.account])
            if isResourcePolicyRequired, delegation == nil {
                let isTold = caller.kind == .root || allow(.identity) == nil || missingLimit == nil
                return .implicitlyDenied(isTold ? .resource : missingLimit ?? .resource)
            }
            if caller.kind == .root { return .allowed(by: delegation) }
        }
        if caller.kind != .root {
            guard allow(.identity) != nil else { return .implicitlyDenied(.identity) }
            if let missingLimit { return .implicitlyDenied(missingLimit) }
        }
        if caller.account != resourceAccount {
            guard let grant = grant([.callerItself]) ?? grant([.othersToo]) ?? grant([.account])
            else { return .implicitlyDenied(.resource) }
            return .allowed(by: allow(.identity) ?? grant)
        }
        return .allowed(by: allow(.identity))
    }

    /// The statements that are about the request, of the policies that bind the caller.
    private func matches(
        _ request: AccessRequest
    ) -> [(statement: DraftStatement, reference: StatementReference)] {
        var matches: [(statement: DraftStatement, reference: StatementReference)] = []
        for policy in policies where caller.kind != .root || policy.source == .resource {
            for (offset, statement) in policy.statements.enumerated()
            where isAbout(statement, request) {
                matches.append(
                    (statement, reference(policy.source, policy.name, number: offset + 1))
                )
            }
        }
        return matches
    }

    private func isAbout(_ statement: DraftStatement, _ request: AccessRequest) -> Bool {
        caller.isMeant(by: statement.principals, request.principals)
            && selects(statement.actions) { pattern in
                SlowPattern(pattern.lowercased(), request.context)?
                    .matches(request.action.lowercased()) ?? false
            }
            && selects(statement.resources) { pattern in
                SlowPattern(pattern, request.context)?.matches(request.resource) ?? false
            }
            && statement.conditions.allSatisfy { SlowCondition($0).holds(in: request.context) }
    }

    private func selects(_ selection: DraftSelection, _ isMeant: (String) -> Bool) -> Bool {
        selection.entries.contains(where: isMeant) != selection.isNegated
    }
}

/// A reference to a statement without a Sid.
func reference(_ source: PolicySource, _ name: String, number: Int) -> StatementReference {
    StatementReference(source: source, policy: name, number: number, sid: nil)
}
