/// Whether a request is allowed, and what says so.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
package enum Decision: Sendable, Equatable {
    /// Allowed: by a statement, or without one, as the root of the account is.
    case allowed(by: StatementReference?)
    /// A statement forbids it, whatever others allow.
    case explicitlyDenied(by: StatementReference)
    /// No policy of this source allows it, and one would have to.
    case implicitlyDenied(PolicySource)

    /// Whether the request may pass.
    package var isAllowed: Bool {
        if case .allowed = self { true } else { false }
    }
}

/// One statement of one of the policies that have a say.
package struct StatementReference: Sendable, Equatable {
    /// What the policy is attached to.
    package let source: PolicySource
    /// The policy's ARN or name.
    package let policy: String
    /// The statement's place in the policy, from 1.
    package let number: Int
    /// The statement's own name, when it has one.
    package let sid: String?
}

extension StatementReference: CustomStringConvertible {
    /// As in `statement 2 ("ReadProd") of the identity-based policy arn:aws:iam::…:policy/P`.
    package var description: String {
        let sid = sid.map { " (\"\($0)\")" } ?? ""
        return "statement \(number)\(sid) of the \(source.rawValue) \(policy)"
    }
}
