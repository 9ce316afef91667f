/// The test for policies that give broad access: what AWS calls `BlockPublicPolicyCheck`.
///
/// A statement is broad when it allows everyone, no condition of its own narrows everyone down to
/// named accounts, organizations, networks or principals, and no Deny takes all others out again.
/// AWS proves this with a solver; this is an approximation that errs on the side of "broad". The
/// conditions that count are of the kind that S3's own test lists, at
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html.
package struct PublicPolicyCheck: Sendable, Equatable {
    /// The broad statements, in the policy's order.
    package let findings: [Finding]

    /// Whether the policy gives broad access.
    package var isPublic: Bool {
        !findings.isEmpty
    }

    /// A statement that gives broad access.
    package struct Finding: Sendable, Equatable {
        /// The statement's place in the policy, from 0.
        package let statementIndex: Int
        /// The statement's name, when it has one.
        package let sid: String?
        /// Why each of its conditions does not narrow it; empty when it has none.
        package let conditions: [(condition: PolicyCondition, reason: BroadCondition)]

        /// Tells whether two findings are about the same statement for the same reasons.
        package static func == (left: Self, right: Self) -> Bool {
            left.statementIndex == right.statementIndex && left.sid == right.sid
                && left.conditions.elementsEqual(right.conditions, by: ==)
        }
    }

    /// Tests a policy.
    package init(_ document: PolicyDocument) {
        let denials = document.statements.filter(\.deniesAllButNamed)
        var findings: [Finding] = []
        for (index, statement) in document.statements.enumerated()
        where statement.allowsEveryone && !denials.contains(where: { $0.covers(statement) }) {
            let reasons = statement.conditions.map(\.broadReason)
            guard reasons.allSatisfy({ $0 != nil }) else { continue }
            let conditions = zip(statement.conditions, reasons).compactMap { condition, reason in
                reason.map { (condition: condition, reason: $0) }
            }
            findings.append(
                Finding(statementIndex: index, sid: statement.sid, conditions: conditions)
            )
        }
        self.findings = findings
    }
}

extension PolicyStatement {
    /// Whether the statement allows something to everyone, or to everyone but some.
    fileprivate var allowsEveryone: Bool {
        effect == .allow && meansEveryone
    }

    private var meansEveryone: Bool {
        switch principals {
        case nil: false
        case .only(let entries): entries.contains(.everyone)
        case .allExcept: true
        }
    }

    /// Whether the statement denies, and spares only those whom fixed values name.
    fileprivate var deniesAllButNamed: Bool {
        guard effect == .deny else { return false }
        // A Deny applies when all its conditions hold, so it spares whoever one of them spares.
        guard conditions.allSatisfy(\.sparesOnlyNamed) else { return false }
        return switch principals {
        case .only(let entries): entries.contains(.everyone)
        case .allExcept(let entries): !entries.contains(.everyone)
        case nil: false
        }
    }

    /// Whether this statement is about all that another one is about.
    fileprivate func covers(_ other: PolicyStatement) -> Bool {
        guard let resources, let otherResources = other.resources else { return false }
        // A secret's policy knows no other actions than those of its service.
        return actions.covers(other.actions, everything: ["*", "secretsmanager:*"])
            && resources.covers(otherResources, everything: ["*"])
    }
}

extension Selection<PolicyPattern> {
    /// Whether everything in another selection is in this one, as far as it shows without a proof.
    fileprivate func covers(_ other: Self, everything: Set<String>) -> Bool {
        guard case .only(let patterns) = self else { return self == other }
        if patterns.contains(where: { everything.contains($0.text.lowercased()) }) { return true }
        guard case .only(let others) = other else { return false }
        return others.allSatisfy { other in patterns.contains { $0.covers(other) } }
    }
}

extension PolicyPattern {
    /// Whether every text of another pattern is one of this pattern's.
    ///
    /// A pattern without `?` that matches the other's text, wildcards and all, matches whatever
    /// those wildcards stand for, since only its own stars can have matched them.
    fileprivate func covers(_ other: PolicyPattern) -> Bool {
        if self == other { return true }
        let isComparable = template.elements.allSatisfy { element in
            if case .symbol(let symbol) = element { symbol != Glob.anyOne } else { false }
        }
        return isComparable && !other.template.hasVariables
            && matches(other.text, in: RequestContext())
    }
}
