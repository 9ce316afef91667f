/// Whether a statement is about a request, and if not, why not.
package enum StatementMatch: Sendable, Equatable {
    /// It is. The principals are the entries of the policy that mean the caller; none when the
    /// policy has no such element, or says whom it does not mean.
    case matches([Principal])
    /// It is not.
    case differs(Difference)

    /// The first element of a statement that is about something else, in the order in which they
    /// are looked at: a later one is a nearer miss.
    package enum Difference: Sendable, Equatable {
        case principal
        case action
        case resource
        /// All the tests that did not pass.
        case conditions([PolicyCondition])
    }
}

extension PolicyStatement {
    /// Tells whether the statement is about a request.
    package func matches(request: AccessRequest) -> StatementMatch {
        guard let named = principals(meaning: request.principals) else {
            return .differs(.principal)
        }
        let action = request.action
        guard actions.selects({ $0.matches(action, in: request.context) }) else {
            return .differs(.action)
        }
        let resource = request.resource
        guard resources?.selects({ $0.matches(resource, in: request.context) }) ?? true else {
            return .differs(.resource)
        }
        let failing = conditions.filter { !$0.holds(in: request.context) }
        return failing.isEmpty ? .matches(named) : .differs(.conditions(failing))
    }

    /// The entries that mean a caller; nil when the statement is not about them.
    private func principals(meaning names: [Principal]) -> [Principal]? {
        switch principals {
        case nil:
            return []
        case .only(let entries):
            let named = entries.filter { $0 == .everyone || names.contains($0) }
            return named.isEmpty ? nil : named
        case .allExcept(let entries):
            // AWS wants the account beside the user, and account and role beside the session, or
            // the statement still means the caller: each name must be listed. A unique id is only
            // another spelling of one of them.
            // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
            if entries.contains(.everyone) { return nil }
            let required = names.filter { name in
                if case .uniqueID = name { false } else { true }
            }
            let isExcepted = !required.isEmpty && required.allSatisfy(entries.contains)
            return isExcepted ? nil : []
        }
    }
}
