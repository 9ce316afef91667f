/// One statement of a policy: who may or may not do what to what, and under which conditions.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
package final class PolicyStatement: Sendable {
    /// The statement's name, when it has one.
    package let sid: String?
    /// What the statement does when it matches.
    package let effect: PolicyEffect
    /// Whom it is about; nil in an identity policy, which is about its holder.
    package let principals: Selection<Principal>?
    /// The actions it is about.
    package let actions: Selection<PolicyPattern>
    /// The resources it is about; nil in a trust policy, which is about its role.
    package let resources: Selection<PolicyPattern>?
    /// The tests that must all pass, in the policy's order.
    package let conditions: [PolicyCondition]

    init(
        sid: String?,
        effect: PolicyEffect,
        principals: Selection<Principal>?,
        actions: Selection<PolicyPattern>,
        resources: Selection<PolicyPattern>?,
        conditions: [PolicyCondition]
    ) {
        self.sid = sid
        self.effect = effect
        self.principals = principals
        self.actions = actions
        self.resources = resources
        self.conditions = conditions
    }
}

extension PolicyStatement {
    /// The condition keys that it looks at, in lower case: those of its conditions, and those that
    /// fill its variables.
    var contextKeys: Set<String> {
        let patterns = actions.entries + (resources?.entries ?? [])
        let variables =
            patterns.flatMap(\.template.variables)
            + conditions.flatMap { $0.operands.flatMap(\.variables) }
        return Set(conditions.map(\.foldedKey) + variables.map { $0.key.lowercased() })
    }
}

/// What a statement does to a request that it matches.
package enum PolicyEffect: String, Sendable {
    case allow = "Allow"
    case deny = "Deny"
}

/// What an element or its negation names: `Action` and `NotAction` are the two cases of one.
package enum Selection<Entry: Sendable & Equatable>: Sendable, Equatable {
    /// These, of which there is at least one.
    case only([Entry])
    /// All but these.
    case allExcept([Entry])

    /// What is written in the policy, whichever way it is meant.
    package var entries: [Entry] {
        switch self {
        case .only(let entries), .allExcept(let entries): entries
        }
    }

    /// Whether something is selected, given a way to tell whether an entry means it.
    func selects(_ isMeant: (Entry) -> Bool) -> Bool {
        switch self {
        case .only(let entries): entries.contains(where: isMeant)
        case .allExcept(let entries): !entries.contains(where: isMeant)
        }
    }
}
