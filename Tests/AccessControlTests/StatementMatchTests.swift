import AccessControl
import Testing

@Suite struct StatementMatchTests {
    private static let session: [Principal] = [
        .roleSession("arn:aws:sts::111122223333:assumed-role/app/one"),
        .role("arn:aws:iam::111122223333:role/app"), .uniqueID("AROADBQP57FF2AEXAMPLE"),
        .account("111122223333"),
    ]

    private static let user: [Principal] = [
        .user("arn:aws:iam::111122223333:user/mara"), .uniqueID("AIDACKCEVSQ6C2EXAMPLE"),
        .account("111122223333"),
    ]

    static let named: [(String, [Principal], [Principal]?)] = [
        (#""*""#, user, [.everyone]),
        (#""*""#, [], [.everyone]),
        (#""*""#, [.service("lambda.amazonaws.com")], [.everyone]),
        (#"{"AWS":"*"}"#, session, [.everyone]),
        (#"{"AWS":"111122223333"}"#, user, [.account("111122223333")]),
        (#"{"AWS":"arn:aws:iam::111122223333:root"}"#, session, [.account("111122223333")]),
        (#"{"AWS":"444455556666"}"#, user, nil),
        (#"{"AWS":"arn:aws:iam::111122223333:user/mara"}"#, user, [user[0]]),
        (#"{"AWS":"arn:aws:iam::111122223333:user/Mara"}"#, user, nil),
        (#"{"AWS":"arn:aws:iam::111122223333:user/mara"}"#, session, nil),
        (#"{"AWS":"arn:aws:iam::111122223333:role/app"}"#, session, [session[1]]),
        (#"{"AWS":"arn:aws:sts::111122223333:assumed-role/app/one"}"#, session, [session[0]]),
        (#"{"AWS":"arn:aws:sts::111122223333:assumed-role/app/two"}"#, session, nil),
        (#"{"AWS":"AROADBQP57FF2AEXAMPLE"}"#, session, [session[2]]),
        (#"{"AWS":"AIDACKCEVSQ6C2EXAMPLE"}"#, session, nil),
        (
            #"{"AWS":["arn:aws:iam::111122223333:role/app","444455556666","111122223333"]}"#,
            session, [session[1], session[3]]
        ),
        (
            #"{"Service":"lambda.amazonaws.com"}"#, [.service("lambda.amazonaws.com")],
            [.service("lambda.amazonaws.com")]
        ),
        (#"{"Service":"lambda.amazonaws.com"}"#, [.service("ec2.amazonaws.com")], nil),
        (#"{"Service":"lambda.amazonaws.com"}"#, user, nil),
        (
            #"{"Federated":"accounts.google.com"}"#, [.federated("accounts.google.com")],
            [.federated("accounts.google.com")]
        ),
    ]

    @Test(arguments: named)
    func `A statement tells by which of its names it means the caller`(
        principal: String,
        caller: [Principal],
        expected: [Principal]?
    ) throws {
        let text = policy(
            #""Effect":"Allow","Action":"*","Resource":"*","Principal":\#(principal)"#
        )
        let match = try match(text, request(principals: caller))
        #expect(match == (expected.map(StatementMatch.matches) ?? .differs(.principal)))
    }

    static let excepted: [(String, [Principal], Bool)] = [
        (#"{"AWS":"111122223333"}"#, [.account("111122223333")], false),
        (#"{"AWS":"111122223333"}"#, user, true),
        (#"{"AWS":"arn:aws:iam::111122223333:user/mara"}"#, user, true),
        (#"{"AWS":["111122223333","arn:aws:iam::111122223333:user/mara"]}"#, user, false),
        (#"{"AWS":["111122223333","arn:aws:iam::111122223333:user/ben"]}"#, user, true),
        (#"{"AWS":["111122223333","arn:aws:iam::111122223333:role/app"]}"#, session, true),
        (
            #"{"AWS":["111122223333","arn:aws:iam::111122223333:role/app","#
                + #""arn:aws:sts::111122223333:assumed-role/app/one"]}"#, session, false
        ),
        (#"{"Service":"lambda.amazonaws.com"}"#, [.service("lambda.amazonaws.com")], false),
        (#"{"Service":"lambda.amazonaws.com"}"#, [.service("ec2.amazonaws.com")], true),
        (#"{"AWS":"111122223333"}"#, [], true),
        (#""*""#, user, false),
    ]

    @Test(arguments: excepted)
    func `NotPrincipal spares a caller all of whose names it lists`(
        principal: String,
        caller: [Principal],
        matches: Bool
    ) throws {
        let text = policy(
            #""Effect":"Deny","Action":"*","Resource":"*","NotPrincipal":\#(principal)"#
        )
        let expected: StatementMatch = matches ? .matches([]) : .differs(.principal)
        #expect(try match(text, request(principals: caller)) == expected)
    }

    static let actions: [(String, String, Bool)] = [
        (#""Action":"*""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"secretsmanager:*""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"secretsmanager:Get*""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"secretsmanager:get*""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"SecretsManager:GETSECRETVALUE""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"secretsmanager:GetSecretValu?""#, "secretsmanager:GetSecretValue", true),
        (#""Action":"secretsmanager:Get""#, "secretsmanager:GetSecretValue", false),
        (#""Action":"secretsmanager:Put*""#, "secretsmanager:GetSecretValue", false),
        (#""Action":["s3:*","kms:Decrypt"]"#, "kms:Decrypt", true),
        (#""Action":["s3:*","kms:Decrypt"]"#, "kms:Encrypt", false),
        (#""NotAction":"secretsmanager:Get*""#, "secretsmanager:GetSecretValue", false),
        (#""NotAction":"secretsmanager:Get*""#, "secretsmanager:PutSecretValue", true),
        (#""NotAction":["s3:*","secretsmanager:Get*"]"#, "kms:Decrypt", true),
        (#""NotAction":["s3:*","secretsmanager:Get*"]"#, "s3:GetObject", false),
    ]

    @Test(arguments: actions)
    func `An action is found whatever its case`(
        element: String,
        action: String,
        matches: Bool
    ) throws {
        let text = policy(#""Effect":"Allow","Resource":"*",\#(element)"#)
        let expected: StatementMatch = matches ? .matches([]) : .differs(.action)
        #expect(try match(text, as: .identity, request(action: action)) == expected)
    }

    static let resources: [(String, Bool)] = [
        (#""Resource":"*""#, true),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-AbCdEf""#, true),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-??????""#, true),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-?????""#, false),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app/*""#, true),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:App/*""#, false),
        (#""Resource":"arn:aws:secretsmanager:*:*:secret:app/db*""#, true),
        (#""Resource":"arn:aws:secretsmanager:*""#, true),
        (#""Resource":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db""#, false),
        (#""Resource":["arn:aws:s3:::x","arn:*:secret:app/db-AbCdEf"]"#, true),
        (#""NotResource":"arn:aws:secretsmanager:*:*:secret:app/*""#, false),
        (#""NotResource":"arn:aws:secretsmanager:*:*:secret:other/*""#, true),
    ]

    @Test(arguments: resources)
    func `A resource is found by its pattern, with its case`(
        element: String,
        matches: Bool
    ) throws {
        let text = policy(#""Effect":"Allow","Action":"*",\#(element)"#)
        let expected: StatementMatch = matches ? .matches([]) : .differs(.resource)
        #expect(try match(text, as: .identity, request()) == expected)
    }

    @Test func `All conditions must pass, and those that do not are named`() throws {
        let text = conditional(
            #"""
            {"StringEquals":{"a:one":"1","a:two":"2"},"Bool":{"aws:SecureTransport":true},
            "NumericLessThan":{"a:three":3}}
            """#
        )
        let all = [
            "a:one": ["1"], "a:two": ["2"], "aws:SecureTransport": ["true"], "a:three": ["0"],
        ]
        #expect(try match(text, request(context: all)) == .matches([.everyone]))
        var some = all
        some["a:two"] = ["x"]
        some["a:three"] = nil
        guard
            case .differs(.conditions(let failing)) = try match(text, request(context: some))
        else {
            Issue.record("the statement matches")
            return
        }
        #expect(failing.map(\.key) == ["a:two", "a:three"])
        #expect(failing.map(\.operatorName) == ["StringEquals", "NumericLessThan"])
    }

    @Test func `The first element that differs is the one that is named`() throws {
        let text = policy(
            #""Effect":"Allow","Principal":{"AWS":"111122223333"},"#
                + #""Action":"secretsmanager:Get*","Resource":"arn:*","#
                + #""Condition":{"Null":{"a:b":"false"}}"#
        )
        let stranger = request(principals: [], action: "x:y", resource: "*")
        #expect(try match(text, stranger) == .differs(.principal))
        #expect(try match(text, request(action: "x:y", resource: "*")) == .differs(.action))
        #expect(try match(text, request(resource: "*")) == .differs(.resource))
        #expect(
            try match(text, request(context: ["A:B": ["x"]]))
                == .matches([.account("111122223333")])
        )
    }

    @Test func `A trust policy is about its role, whatever the resource`() throws {
        let text = policy(
            #""Effect":"Allow","Action":"sts:AssumeRole","#
                + #""Principal":{"Service":"ecs-tasks.amazonaws.com"}"#
        )
        let request = request(
            principals: [.service("ecs-tasks.amazonaws.com")],
            action: "sts:AssumeRole",
            resource: "arn:aws:iam::111122223333:role/app"
        )
        #expect(
            try match(text, as: .trust, request)
                == .matches([.service("ecs-tasks.amazonaws.com")])
        )
    }

    @Test func `Two spellings of a key are one key`() {
        var context = RequestContext(["aws:TagKeys": ["a"], "AWS:tagkeys": ["b"], "a:b": []])
        #expect(Set(context["Aws:TagKeys"]) == ["a", "b"])
        #expect(context == RequestContext(["aws:tagkeys": context["aws:tagkeys"]]))
        context["AWS:TAGKEYS"] = []
        #expect(context == RequestContext())
    }
}
