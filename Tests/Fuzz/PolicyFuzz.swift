/// Feeds the policy parser what libFuzzer thinks of, and ends the process where a promise is broken.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzPolicy(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    for kind in PolicyKind.allCases {
        do throws(PolicyError) {
            let document = try PolicyParser.parse(text, as: kind)
            checkWrittenForm(of: document, as: kind)
            for statement in document.statements { checkMatching(of: statement) }
            checkBroadAccess(of: document)
        } catch {
            precondition(error.detail.utf8.count < 2000, "an error tells too much")
            precondition(
                error.detail.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F },
                "an error has control characters"
            )
        }
    }
    checkPattern(text)
    return 0
}

/// What is given back is the same policy.
private func checkWrittenForm(of document: PolicyDocument, as kind: PolicyKind) {
    guard let again = try? PolicyParser.parse(document.prettyText, as: kind) else {
        preconditionFailure("a written policy is none when it is read")
    }
    let isSame =
        again.version == document.version && again.id == document.id && again.json == document.json
        && again.statements.count == document.statements.count
        && zip(again.statements, document.statements).allSatisfy { one, other in
            (one.sid, one.effect, one.principals, one.actions, one.resources, one.conditions)
                == (
                    other.sid, other.effect, other.principals, other.actions, other.resources,
                    other.conditions
                )
        }
    precondition(isSame, "a written policy is another one when it is read")
}

private let context = RequestContext([
    "aws:username": ["mara"], "aws:PrincipalTag/Team": ["blue"], "aws:SourceIp": ["203.0.113.9"],
    "aws:CurrentTime": ["2026-03-01T10:00:00Z"], "aws:TagKeys": ["Team", ""],
    "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/app"],
    "secretsmanager:RecoveryWindowInDays": ["7"], "aws:SecureTransport": ["true"], "a:b": ["c"],
])

/// A statement is about a request or it is not, the same each time, and the reason holds.
private func checkMatching(of statement: PolicyStatement) {
    let request = AccessRequest(
        principals: [.role("arn:aws:iam::111122223333:role/app"), .account("111122223333")],
        action: "secretsmanager:GetSecretValue",
        resource: "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf",
        context: context
    )
    let match = statement.matches(request: request)
    precondition(statement.matches(request: request) == match, "two answers to one request")
    let failing = statement.conditions.filter { !$0.holds(in: context) }
    switch match {
    case .matches:
        precondition(failing.isEmpty, "a statement matches against its condition")
    case .differs(.conditions(let named)):
        precondition(named == failing && !named.isEmpty, "the wrong condition is named")
    case .differs:
        break
    }
    checkNegation(of: statement.conditions)
}

/// A key with a value passes a plain operator or its negation, never both.
private func checkNegation(of conditions: [PolicyCondition]) {
    for condition in conditions
    where condition.setOperator == nil && !context[condition.key].isEmpty {
        guard let opposite = opposite(of: condition) else { continue }
        precondition(
            condition.holds(in: context) != opposite.holds(in: context),
            "a test and its negation agree"
        )
    }
}

private func opposite(of condition: PolicyCondition) -> PolicyCondition? {
    let pairs: [(ConditionOperator, ConditionOperator)] = [
        (.stringEquals, .stringNotEquals), (.stringLike, .stringNotLike),
        (.stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase),
        (.numericEquals, .numericNotEquals), (.dateEquals, .dateNotEquals),
        (.ipAddress, .notIPAddress), (.arnEquals, .arnNotEquals), (.arnLike, .arnNotLike),
    ]
    for pair in pairs where pair.0 == condition.comparison {
        let name = ConditionName(nil, pair.1, ifExists: condition.ifExists)
        return PolicyCondition(
            name,
            key: condition.key,
            values: Array(zip(condition.values, condition.operands))
        )
    }
    return nil
}

/// Broad statements are among those that allow, and a policy without any is not public.
private func checkBroadAccess(of document: PolicyDocument) {
    let check = PublicPolicyCheck(document)
    for finding in check.findings {
        let statement = document.statements[finding.statementIndex]
        precondition(statement.effect == .allow, "a Deny is broad")
        precondition(
            finding.conditions.count == statement.conditions.count,
            "a broad statement has a condition that narrows it"
        )
    }
    precondition(check == PublicPolicyCheck(document), "two answers about one policy")
}

/// A pattern without wildcards and variables matches its own text; with a star before it, too.
private func checkPattern(_ text: String) {
    if let plain = PolicyPattern(text, wildcards: false, variables: false) {
        precondition(plain.matches(text, in: context), "a text does not match itself")
    }
    for ignoresCase in [false, true] {
        guard let pattern = PolicyPattern(text, variables: true, ignoresCase: ignoresCase),
            let longer = PolicyPattern("*" + text, variables: true, ignoresCase: ignoresCase)
        else { continue }
        for value in ["", "mara", "arn:aws:s3:::b", text] where pattern.matches(value, in: context)
        {
            precondition(longer.matches(value, in: context), "a star stands for nothing, too")
        }
    }
}
