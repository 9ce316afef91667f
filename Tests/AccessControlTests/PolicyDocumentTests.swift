import AccessControl
import JSON
import Testing

@Suite struct PolicyDocumentTests {
    @Test(arguments: Corpus.resourcePolicies)
    func `A secret's policy is read`(sample: PolicySample) throws {
        _ = try PolicyParser.parse(sample.text, as: .resource)
    }

    @Test(arguments: Corpus.identityPolicies)
    func `A user's policy is read`(sample: PolicySample) throws {
        _ = try PolicyParser.parse(sample.text, as: .identity)
    }

    @Test(arguments: Corpus.trustPolicies)
    func `A trust policy is read`(sample: PolicySample) throws {
        _ = try PolicyParser.parse(sample.text, as: .trust)
    }

    @Test func `A policy is kept element by element`() throws {
        let document = try PolicyParser.parse(
            #"""
            {"Version":"2012-10-17","Id":"p","Statement":[{"Sid":"s","Effect":"Deny",
            "NotPrincipal":{"AWS":"111122223333","Service":"lambda.amazonaws.com"},
            "NotAction":["secretsmanager:Get*"],"NotResource":"arn:x",
            "Condition":{"ForAnyValue:StringLikeIfExists":{"aws:A":["x",1,false]},
            "Null":{"aws:B":true}}}]}
            """#,
            as: .resource
        )
        #expect(document.version == .v2012)
        #expect(document.id == "p")
        let statement = try #require(document.statements.first)
        #expect(statement.sid == "s")
        #expect(statement.effect == .deny)
        #expect(
            statement.principals
                == .allExcept([.account("111122223333"), .service("lambda.amazonaws.com")])
        )
        guard case .allExcept(let actions) = statement.actions,
            case .allExcept(let resources) = statement.resources
        else {
            Issue.record("not negated")
            return
        }
        #expect(actions.map(\.text) == ["secretsmanager:Get*"])
        #expect(resources.map(\.text) == ["arn:x"])
        #expect(statement.conditions.map(\.key) == ["aws:A", "aws:B"])
        #expect(
            statement.conditions.map(\.operatorName) == ["ForAnyValue:StringLikeIfExists", "Null"]
        )
        #expect(statement.conditions[0].values == ["x", "1", "false"])
        #expect(statement.conditions[0].setOperator == .forAnyValue)
        #expect(statement.conditions[0].comparison == .stringLike)
        #expect(statement.conditions[0].ifExists)
    }

    @Test func `A policy without a version is one of 2008`() throws {
        let text = #"{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}"#
        let document = try PolicyParser.parse(text, as: .resource)
        #expect(document.version == .v2008)
        #expect(document.id == nil)
        #expect(document.statements.count == 1)
        #expect(document.statements[0].sid == nil)
    }

    @Test func `A policy is given back written anew, with everything in its order`() throws {
        let text =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
            + #""Principal":{"AWS":"*"},"Resource":"*","Action":["secretsmanager:Get*","*"]}]}"#
        let document = try PolicyParser.parse(text, as: .resource)
        #expect(
            document.prettyText == """
                {
                  "Version" : "2012-10-17",
                  "Statement" : [ {
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "*"
                    },
                    "Resource" : "*",
                    "Action" : [ "secretsmanager:Get*", "*" ]
                  } ]
                }
                """
        )
        #expect(try JSONParser.parse(document.prettyText) == JSONParser.parse(text))
    }

    @Test(arguments: Corpus.resourcePolicies)
    func `What is given back is the same policy`(sample: PolicySample) throws {
        let document = try PolicyParser.parse(sample.text, as: .resource)
        let again = try PolicyParser.parse(document.prettyText, as: .resource)
        #expect(again.version == document.version)
        #expect(again.id == document.id)
        #expect(again.json == document.json)
        #expect(again.statements.count == document.statements.count)
        for (one, other) in zip(again.statements, document.statements) {
            #expect(
                (one.sid, one.effect, one.principals, one.actions, one.resources, one.conditions)
                    == (
                        other.sid, other.effect, other.principals, other.actions, other.resources,
                        other.conditions
                    )
            )
        }
        #expect(again.prettyText == document.prettyText)
    }
}
