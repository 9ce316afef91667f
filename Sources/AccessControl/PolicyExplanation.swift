/// Why a request is decided as it is, for people: AWS does not tell.
package struct PolicyExplanation: Sendable, Equatable {
    /// The decision.
    package let decision: Decision
    /// What came nearest to allowing what was refused for want of an Allow; nil when no statement
    /// came near, or none was missing.
    package let nearestMiss: NearMiss?

    /// A statement that would have allowed the request but for one element.
    package struct NearMiss: Sendable, Equatable {
        /// The statement.
        package let statement: StatementReference
        /// The element that is about something else, and how.
        package let difference: StatementMatch.Difference
    }
}

extension PolicyEvaluator {
    /// Decides, and says what it came from.
    package func explain(_ request: AccessRequest) -> PolicyExplanation {
        let decision = decide(request)
        guard case .implicitlyDenied(let source) = decision else {
            return PolicyExplanation(decision: decision, nearestMiss: nil)
        }
        // Any Allow of the other side would have done within an account.
        let sources: Set<PolicySource> =
            source == .identity && callerAccount == resourceAccount
            ? [.identity, .resource] : [source]
        var nearest: PolicyExplanation.NearMiss?
        for policy in policies where sources.contains(policy.source) {
            for (offset, statement) in policy.document.statements.enumerated()
            where statement.effect == .allow {
                guard case .differs(let difference) = statement.matches(request: request) else {
                    continue
                }
                if let nearest, nearest.difference.nearness >= difference.nearness { continue }
                let reference = StatementReference(
                    source: policy.source,
                    policy: policy.name,
                    number: offset + 1,
                    sid: statement.sid
                )
                nearest = .init(statement: reference, difference: difference)
            }
        }
        return PolicyExplanation(decision: decision, nearestMiss: nearest)
    }
}

extension StatementMatch.Difference {
    /// How much of the statement was about the request: a failed condition is nearer than two.
    fileprivate var nearness: Int {
        switch self {
        case .principal: 0
        case .action: 1
        case .resource: 2
        case .conditions(let failed): 1_000 - min(failed.count, 500)
        }
    }
}

extension PolicyExplanation: CustomStringConvertible {
    /// A sentence or two.
    package var description: String {
        let decided =
            switch decision {
            case .allowed(.some(let statement)): "Allowed by \(statement)."
            case .allowed(.none): "Allowed: the root of an account may do everything in it."
            case .explicitlyDenied(let statement): "Denied by \(statement)."
            case .implicitlyDenied(let source): "Denied: no \(source.rawValue) allows it."
            }
        guard let nearestMiss else { return decided }
        return "\(decided) Nearest: \(nearestMiss.statement), but \(nearestMiss.difference)."
    }
}

extension StatementMatch.Difference: CustomStringConvertible {
    /// As part of a sentence: `it is about other actions`.
    package var description: String {
        switch self {
        case .principal: return "it is about other principals"
        case .action: return "it is about other actions"
        case .resource: return "it is about other resources"
        case .conditions(let failed):
            let tests = failed.map { condition in
                "\(condition.operatorName) \(condition.key) "
                    + condition.values.map { "\"\($0)\"" }.joined(separator: ", ")
            }
            return "this does not hold: " + tests.joined(separator: "; ")
        }
    }
}
