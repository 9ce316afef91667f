import AccessControl
import Testing

@Suite struct PublicPolicyCheckTests {
    private func check(_ text: String) throws -> PublicPolicyCheck {
        PublicPolicyCheck(try PolicyParser.parse(text, as: .resource))
    }

    @Test(
        arguments: [
            (#""Principal":"*""#, true),
            (#""Principal":{"AWS":"*"}"#, true),
            (#""Principal":{"AWS":["111122223333","*"]}"#, true),
            (#""Principal":{"Service":"lambda.amazonaws.com","AWS":"*"}"#, true),
            (#""NotPrincipal":{"AWS":"111122223333"}"#, true),
            (#""Principal":{"AWS":"111122223333"}"#, false),
            (#""Principal":{"AWS":"arn:aws:iam::111122223333:role/app"}"#, false),
            (#""Principal":{"Service":"lambda.amazonaws.com"}"#, false),
            (#""Principal":{"Federated":"accounts.google.com"}"#, false),
        ]
    )
    func `Allowing everyone is broad, allowing those who are named is not`(
        principal: String,
        isPublic: Bool
    ) throws {
        let text = policy(#""Effect":"Allow","Action":"*","Resource":"*",\#(principal)"#)
        #expect(try check(text).isPublic == isPublic)
    }

    @Test(
        arguments: [
            #"{"StringEquals":{"aws:SourceAccount":"111122223333"}}"#,
            #"{"StringEquals":{"AWS:SOURCEACCOUNT":["111122223333","444455556666"]}}"#,
            #"{"StringEqualsIgnoreCase":{"aws:SourceVpc":"vpc-1a2b3c4d"}}"#,
            #"{"StringEquals":{"aws:SourceVpce":"vpce-1a2b3c4d"}}"#,
            #"{"StringLike":{"aws:SourceVpce":"vpce-1a2b3c4d"}}"#,
            #"{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#,
            #"{"ForAnyValue:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#,
            #"{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}"#,
            #"{"StringEquals":{"kms:CallerAccount":"111122223333"}}"#,
            #"{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"}}"#,
            #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}"#,
            #"{"ArnLike":{"aws:SourceArn":"arn:*:*:*:111122223333:*"}}"#,
            #"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::bucket"}}"#,
            #"{"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}}"#,
            #"{"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/app"}}"#,
            #"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}}"#,
            #"{"StringLike":{"aws:userid":"AROADBQP57FF2AEXAMPLE:*"}}"#,
            #"{"StringEquals":{"aws:userid":"AIDACKCEVSQ6C2EXAMPLE"}}"#,
            #"{"StringEquals":{"aws:PrincipalAccount":"${$}111122223333"}}"#,
            #"""
            {"Bool":{"aws:SecureTransport":true},
            "StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}
            """#,
        ]
    )
    func `A condition with fixed values narrows everyone down`(condition: String) throws {
        #expect(try !check(conditional(condition)).isPublic)
    }

    static let broad: [(String, BroadCondition?)] = [
        (#"{}"#, nil),
        (#"{"StringEquals":{}}"#, nil),
        (#"{"Bool":{"aws:SecureTransport":true}}"#, .keyDoesNotIdentify),
        (#"{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#, .keyDoesNotIdentify),
        (#"{"StringEquals":{"aws:PrincipalTag/team":"blue"}}"#, .keyDoesNotIdentify),
        (#"{"StringEquals":{"aws:ResourceAccount":"111122223333"}}"#, .keyDoesNotIdentify),
        (#"{"StringEquals":{"secretsmanager:VersionStage":"AWSCURRENT"}}"#, .keyDoesNotIdentify),
        (#"{"StringEquals":{"aws:username":"mara"}}"#, .keyDoesNotIdentify),
        (#"{"StringNotEquals":{"aws:SourceAccount":"111122223333"}}"#, .operatorDoesNotNarrow),
        (#"{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::1:role/x"}}"#, .operatorDoesNotNarrow),
        (#"{"Null":{"aws:PrincipalOrgID":"false"}}"#, .operatorDoesNotNarrow),
        (#"{"StringEqualsIfExists":{"aws:SourceAccount":"111122223333"}}"#, .passesWithoutKey),
        (
            #"{"ForAllValues:StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#,
            .passesWithoutKey
        ),
        (
            #"{"ForAnyValue:StringEqualsIfExists":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#,
            .passesWithoutKey
        ),
        (#"{"StringLike":{"aws:SourceAccount":"*"}}"#, .valueIsNotFixed("*")),
        (#"{"StringEquals":{"aws:SourceAccount":"*"}}"#, .valueIsNotFixed("*")),
        (#"{"StringEquals":{"aws:SourceAccount":""}}"#, .valueIsNotFixed("")),
        (#"{"StringLike":{"aws:SourceAccount":"1111*"}}"#, .valueIsNotFixed("1111*")),
        (#"{"StringLike":{"aws:SourceAccount":"????????????"}}"#, .valueIsNotFixed("????????????")),
        (
            #"{"StringEquals":{"aws:SourceAccount":["111122223333","${aws:username}"]}}"#,
            .valueIsNotFixed("${aws:username}")
        ),
        (
            #"{"StringEquals":{"aws:PrincipalAccount":"${aws:PrincipalAccount}"}}"#,
            .valueIsNotFixed("${aws:PrincipalAccount}")
        ),
        (#"{"StringLike":{"aws:PrincipalOrgID":"o-*"}}"#, .valueIsNotFixed("o-*")),
        (#"{"ArnLike":{"aws:PrincipalArn":"*"}}"#, .valueIsNotFixed("*")),
        (#"{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::b*"}}"#, .valueIsNotFixed("arn:aws:s3:::b*")),
        (
            #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"}}"#,
            .valueIsNotFixed("arn:aws:iam::*:role/app")
        ),
        (
            #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::11112222333?:role/app"}}"#,
            .valueIsNotFixed("arn:aws:iam::11112222333?:role/app")
        ),
        (
            #"{"StringLike":{"aws:PrincipalArn":"arn:aws:*:*:111122223333:role/app"}}"#,
            .valueIsNotFixed("arn:aws:*:*:111122223333:role/app")
        ),
        (
            #"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"*/r-ab12/*"}}"#,
            .valueIsNotFixed("*/r-ab12/*")
        ),
        (#"{"StringLike":{"aws:userid":"*:session"}}"#, .valueIsNotFixed("*:session")),
        (#"{"StringLike":{"aws:userid":"AROA*"}}"#, .valueIsNotFixed("AROA*")),
        (#"{"StringLike":{"aws:userid":":*"}}"#, .valueIsNotFixed(":*")),
    ]

    @Test(arguments: broad)
    func `A condition that leaves everyone in is named with its reason`(
        condition: String,
        reason: BroadCondition?
    ) throws {
        let findings = try check(conditional(condition)).findings
        #expect(findings.count == 1)
        #expect(findings.first?.statementIndex == 0)
        #expect(findings.first?.conditions.map(\.reason) == (reason.map { [$0] } ?? []))
    }

    private static let allow = #"""
        {"Sid":"All","Effect":"Allow","Principal":"*",
        "Action":["secretsmanager:GetSecretValue","secretsmanager:Describe*"],"Resource":"*"}
        """#

    private static let others = #""StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}"#

    static let denials: [(String, Bool)] = [
        (#""Principal":"*","Action":"*","Resource":"*","Condition":{\#(others)}"#, false),
        (
            #""Principal":{"AWS":"*"},"Action":"secretsmanager:*","Resource":"*","#
                + #""Condition":{\#(others)}"#, false
        ),
        (
            #""Principal":"*","Action":["SecretsManager:Get*","secretsmanager:Desc*"],"#
                + #""Resource":"*","Condition":{\#(others)}"#, false
        ),
        (#""Principal":"*","Action":"*","Resource":"*""#, false),
        (#""NotPrincipal":{"AWS":"111122223333"},"Action":"*","Resource":"*""#, false),
        (
            #""Principal":"*","Action":"*","Resource":"*","#
                + #""Condition":{\#(others),"ArnNotLike":{"aws:PrincipalArn":"#
                + #""arn:aws:iam::111122223333:role/*"}}"#, false
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{"StringNotEqualsIfExists":{"aws:SourceVpce":"vpce-1a2b3c4d"}}"#, false
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{"ForAllValues:StringNotLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}}"#,
            false
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{"ForAnyValue:StringNotLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}}"#, true
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{"StringNotLike":{"aws:PrincipalOrgID":"o-*"}}"#, true
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{\#(others),"Bool":{"aws:PrincipalIsAWSService":false}}"#, true
        ),
        (
            #""Principal":"*","Action":"*","Resource":"*","Condition":"#
                + #"{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#, true
        ),
        (#""Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*""#, true),
        (#""NotPrincipal":"*","Action":"*","Resource":"*""#, true),
        (
            #""Principal":"*","Action":"secretsmanager:Get*","Resource":"*","#
                + #""Condition":{\#(others)}"#, true
        ),
        (
            #""Principal":"*","Action":["secretsmanager:Get*","secretsmanager:Describe?ecret"],"#
                + #""Resource":"*","Condition":{\#(others)}"#, true
        ),
        (
            #""Principal":"*","NotAction":"secretsmanager:Put*","Resource":"*","#
                + #""Condition":{\#(others)}"#, true
        ),
        (
            #""Principal":"*","Action":"*","Resource":"arn:aws:secretsmanager:*","#
                + #""Condition":{\#(others)}"#, true
        ),
        (
            #""Principal":"*","Action":"*","Resource":"secretsmanager:*","#
                + #""Condition":{\#(others)}"#, true
        ),
    ]

    @Test(arguments: denials)
    func `A Deny takes everyone out again when it spares only those who are named`(
        denial: String,
        isPublic: Bool
    ) throws {
        let deny = #"{"Effect":"Deny",\#(denial)}"#
        for statements in ["\(Self.allow),\(deny)", "\(deny),\(Self.allow)"] {
            let text = #"{"Version":"2012-10-17","Statement":[\#(statements)]}"#
            #expect(try check(text).isPublic == isPublic)
        }
    }

    @Test func `Each broad statement is found, with its place and its name`() throws {
        let named =
            #"{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"*","Resource":"*"}"#
        let text =
            #"{"Statement":[\#(named),\#(Self.allow),{"Effect":"Allow","Principal":"*","#
            + #""Action":"*","Resource":"*","Condition":{"Bool":{"a:b":true}}}]}"#
        let findings = try check(text).findings
        #expect(findings.map(\.statementIndex) == [1, 2])
        #expect(findings.map(\.sid) == ["All", nil])
        #expect(findings[1].conditions.map(\.condition.key) == ["a:b"])
        #expect(findings[0] != findings[1])
        #expect(try check(text).findings == findings)
    }
}
