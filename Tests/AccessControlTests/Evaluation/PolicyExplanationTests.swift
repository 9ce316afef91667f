import Testing

@testable import AccessControl

@Suite("Why a request is decided so")
struct PolicyExplanationTests {
    private static let resource =
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf"

    /// Statements of an identity policy, and what is said of a request that none of them allows.
    static let nearest: [(statements: [String], text: String)] = [
        ([], "Denied: no identity-based policy allows it."),
        (
            [#""Action":"kms:*","Resource":"*""#],
            "Nearest: statement 1 of the identity-based policy P, but it is about other actions."
        ),
        (
            [
                #""Action":"kms:*","Resource":"*""#,
                #""Action":"secretsmanager:Get*","Resource":"arn:aws:s3:::x""#,
            ],
            "Nearest: statement 2 of the identity-based policy P, but it is about other resources."
        ),
        (
            [
                #""Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#,
                #""Action":"*","Resource":"arn:aws:s3:::x""#,
            ],
            "Nearest: statement 1 of the identity-based policy P, but this does not hold:"
                + #" Bool aws:SecureTransport "true"."#
        ),
        (
            [
                #""Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"},"#
                    + #""StringLike":{"c:d":["e","f*"]}}"#,
                #""Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"}}"#,
            ],
            #"Nearest: statement 2 of the identity-based policy P, but this does not hold: "#
                + #"Bool a:b "true"."#
        ),
        (
            [
                #""Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"},"#
                    + #""StringLike":{"c:d":["e","f*"]}}"#
            ],
            #"this does not hold: Bool a:b "true"; StringLike c:d "e", "f*"."#
        ),
    ]

    @Test("what came nearest to allowing it is told, and what was in the way", arguments: nearest)
    func nearMiss(row: (statements: [String], text: String)) throws {
        let explanation = explain(
            try row.statements.isEmpty ? [] : [policy(.identity, row.statements)]
        )
        #expect(explanation.decision == .implicitlyDenied(.identity))
        #expect(explanation.description.hasSuffix(row.text), "\(explanation)")
        #expect((explanation.nearestMiss == nil) == row.statements.isEmpty)
    }

    @Test("within an account the resource's policy may come nearest")
    func resourceIsNearest() throws {
        let member = #""Principal":{"AWS":"arn:aws:iam::111122223333:user/mara"},"#
        let explanation = explain([
            try policy(.identity, [#""Action":"kms:*","Resource":"*""#]),
            try policy(.resource, [member + #""Action":"secretsmanager:*","Resource":"arn:x""#]),
        ])
        #expect(explanation.nearestMiss?.statement.source == .resource)
        #expect(explanation.nearestMiss?.difference == .resource)
    }

    @Test("of a boundary that is in the way only its own statements are looked at")
    func boundaryIsNearest() throws {
        let explanation = explain([
            try policy(.identity, [#""Action":"*","Resource":"*""#]),
            try policy(.boundary, [#""Action":"kms:*","Resource":"*""#]),
        ])
        #expect(
            explanation.description
                == "Denied: no permissions boundary allows it. Nearest: statement 1 of the"
                + " permissions boundary P, but it is about other actions."
        )
    }

    @Test("an Allow, a Deny and the root's own right say who decided")
    func decided() throws {
        let allow = try policy(.identity, [#""Sid":"A","Action":"*","Resource":"*""#])
        #expect(
            explain([allow]).description
                == #"Allowed by statement 1 ("A") of the identity-based policy P."#
        )
        let deny = try policy(.identity, [#""Action":"*","Resource":"*""#], effect: "Deny")
        #expect(
            explain([allow, deny]).description
                == "Denied by statement 1 of the identity-based policy P."
        )
        #expect(
            explain([], isRoot: true).description
                == "Allowed: the root of an account may do everything in it."
        )
    }

    private func policy(
        _ source: PolicySource,
        _ statements: [String],
        effect: String = "Allow"
    ) throws -> AttachedPolicy {
        let body = statements.map { #"{"Effect":"\#(effect)",\#($0)}"# }.joined(separator: ",")
        let text = #"{"Version":"2012-10-17","Statement":[\#(body)]}"#
        let kind = source == .resource ? PolicyKind.resource : .identity
        return AttachedPolicy(source, name: "P", try PolicyParser.parse(text, as: kind))
    }

    private func explain(
        _ policies: [AttachedPolicy],
        isRoot: Bool = false
    ) -> PolicyExplanation {
        EvaluationParty(kind: isRoot ? .root : .user).evaluator(policies).explain(
            request(resource: Self.resource)
        )
    }
}
