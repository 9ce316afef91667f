import AWS
import HTTPServer
import JSON
import Notation
import Storage
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("The policy that is suggested for somebody's calls")
struct PolicySuggestionTests {
    private let server: ScratchServer
    private let user: Caller
    private static let key = "11111111-1111-4111-8111-111111111111"

    init() throws {
        server = try ScratchServer()
        user = try server.scratch.user("u")
    }

    private func suggest(_ principal: String) -> HTTPResponse {
        server.send(.get("/_pocketvault/policy/suggest", query: "principal=\(principal)"))
    }

    private var suggestion: JSONValue { suggest(user.principal.arn).json }

    /// The resources of an action in the suggested policy.
    private func resources(_ action: String) -> [String]? {
        let statements = suggestion["policy"]?["Statement"]?.elements ?? []
        let statement = statements.first { statement in
            statement["Action"]?.elements?.contains(.string(action)) == true
        }
        return statement?["Resource"]?.elements?.compactMap(\.string)
    }

    /// Puts a call into the trail, as if the user had made it and nothing had come of it.
    private func record(_ service: String, _ operation: String, _ parameters: String) throws {
        let record = AuditRecord(
            time: server.scratch.clock.now,
            requestID: "r",
            eventSource: "\(service).amazonaws.com",
            eventName: operation,
            scope: .here,
            principalARN: user.principal.arn,
            accessKeyID: nil,
            sourceAddress: "127.0.0.1",
            userAgent: nil,
            resourceARN: nil,
            requestParameters: parameters,
            errorCode: "ResourceNotFoundException",
            errorMessage: nil,
            isReadOnly: true
        )
        try server.scratch.write { vault throws(APIError) in try vault.append(record) }
    }

    private static let secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret"
    private static let iam = "arn:aws:iam::000000000000"
    private static let ssm = "arn:aws:ssm:us-east-1:000000000000"
    private static let kms = "arn:aws:kms:us-east-1:000000000000"

    @Test(
        "what was named and not found is named in the policy",
        arguments: [
            ("secretsmanager", "GetSecretValue", #"{"secretId":"a/b"}"#, ["\(secret):a/b-??????"]),
            (
                "secretsmanager", "GetSecretValue", #"{"secretId":"\#(secret):a-AbCdEf"}"#,
                ["\(secret):a-AbCdEf"]
            ),
            (
                "secretsmanager", "DescribeSecret", #"{"secretId":"\#(secret):a"}"#,
                ["\(secret):a-??????"]
            ),
            ("secretsmanager", "CreateSecret", #"{"name":"n"}"#, ["\(secret):n-??????"]),
            ("sts", "AssumeRole", #"{"roleArn":"\#(iam):role/p/r"}"#, ["\(iam):role/p/r"]),
            ("iam", "GetUser", #"{"userName":"gone"}"#, ["\(iam):user/gone"]),
            ("iam", "GetUser", "{}", ["\(iam):user/u"]),
            ("iam", "CreateAccessKey", "{}", ["\(iam):user/u"]),
            ("iam", "AttachRolePolicy", #"{"roleName":"r","policyArn":"x"}"#, ["\(iam):role/r"]),
            ("iam", "CreateRole", #"{"roleName":"r","path":"/p/"}"#, ["\(iam):role/p/r"]),
            ("iam", "CreatePolicy", #"{"policyName":"n"}"#, ["\(iam):policy/n"]),
            ("iam", "GetPolicy", #"{"policyArn":"\#(iam):policy/n"}"#, ["\(iam):policy/n"]),
            ("kms", "DescribeKey", #"{"keyId":"\#(key)"}"#, ["\(kms):key/\(key)"]),
            (
                "kms", "CreateAlias", #"{"aliasName":"alias/a","targetKeyId":"\#(key)"}"#,
                ["\(kms):alias/a", "\(kms):key/\(key)"]
            ),
            ("ssm", "GetParameter", #"{"name":"/a/b:3"}"#, ["\(ssm):parameter/a/b"]),
            (
                "ssm", "GetParameters", #"{"names":["c","/a"]}"#,
                ["\(ssm):parameter/a", "\(ssm):parameter/c"]
            ),
        ]
    )
    func named(
        _ service: String,
        _ operation: String,
        _ parameters: String,
        _ expected: [String]
    ) throws {
        try record(service, operation, parameters)
        #expect(resources("\(service):\(operation)") == expected)
    }

    @Test(
        "an action that is about nothing in particular is granted on everything",
        arguments: [
            ("secretsmanager", "ListSecrets"), ("secretsmanager", "GetRandomPassword"),
            ("secretsmanager", "BatchGetSecretValue"), ("kms", "CreateKey"), ("kms", "ListKeys"),
            ("iam", "ListUsers"), ("iam", "ListPolicies"), ("cloudtrail", "LookupEvents"),
        ]
    )
    func nothing(_ service: String, _ operation: String) throws {
        try record(service, operation, "{}")
        #expect(resources("\(service):\(operation)") == ["*"])
    }

    @Test(
        "a call of which the trail does not tell what it was about is left out, and this is said",
        arguments: [
            ("secretsmanager", "GetSecretValue", "{}"),
            ("secretsmanager", "GetSecretValue", #"{"secretId":"*"}"#),
            ("secretsmanager", "DeleteSecret", #"{"secretId":"\#(secret):*"}"#),
            ("secretsmanager", "DeleteSecret", #"{"secretId":"arn:aws:s3:::b"}"#),
            ("secretsmanager", "CreateSecret", #"{"name":""}"#),
            ("sts", "AssumeRole", #"{"roleArn":"*"}"#),
            ("sts", "AssumeRole", #"{"roleArn":"\#(iam):role/*"}"#),
            ("iam", "GetUser", #"{"userName":"${aws:username}"}"#),
            ("iam", "GetPolicy", #"{"policyArn":"nonsense"}"#),
            ("kms", "DescribeKey", #"{"keyId":"alias/none"}"#),
            ("kms", "CreateAlias", #"{"aliasName":"alias/a"}"#),
            ("ssm", "GetParameter", #"{"name":"*"}"#),
            ("ssm", "GetParameters", #"{"names":["a","b*"]}"#),
        ]
    )
    func untold(_ service: String, _ operation: String, _ parameters: String) throws {
        try record(service, operation, parameters)
        let suggestion = suggestion
        #expect(suggestion["policy"] == nil)
        #expect(suggestion["untold"]?.elements == [.string("\(service):\(operation)")])
        #expect(suggestion["calls"]?.jsonText() == "1")
    }

    @Test("a secret that was read as a parameter is named with the parameter, when gone too")
    func parameter() throws {
        try server.scratch.call(.createSecret, ["Name": "a", "SecretString": "v"])
        let name = "/aws/reference/secretsmanager/a"
        try server.scratch.ssm(
            .getParameter,
            ["Name": "\(name)", "WithDecryption": true],
            by: user
        )
        // The call and the read that it made.
        _ = try server.scratch.auditRecords()
        func check() {
            #expect(resources("ssm:GetParameter") == ["\(Self.ssm):parameter\(name)"])
            #expect(resources("secretsmanager:GetSecretValue") == ["\(Self.secret):a-??????"])
        }
        check()
        try server.scratch.call(
            .deleteSecret,
            ["SecretId": "a", "ForceDeleteWithoutRecovery": true]
        )
        check()
    }

    @Test("what a call was left out for is not called unused")
    func used() throws {
        let all = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue", "kms:ListKeys")
        let other = try server.scratch.user("other", policies: [all])
        _ = try? server.scratch.call(.getSecretValue, ["SecretId": "a b"], by: other)
        _ = try server.scratch.auditRecords()
        let unused = suggest(other.principal.arn).json["unused"]
        #expect(unused?.elements?.first?["actions"]?.elements == ["kms:ListKeys"])
    }

    @Test("the policies that tags, source identities and functions need are suggested too")
    func dependent() throws {
        let function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
        try record(
            "secretsmanager",
            "CreateSecret",
            #"{"name":"n","tags":[{"key":"k","value":"v"}]}"#
        )
        try record(
            "secretsmanager",
            "RotateSecret",
            #"{"secretId":"n","rotationLambdaARN":"\#(function)"}"#
        )
        let role = "\(Self.iam):role/r"
        try record("sts", "AssumeRole", #"{"roleArn":"\#(role)","tags":[],"sourceIdentity":"s"}"#)
        try record("iam", "CreateUser", #"{"userName":"new","tags":[]}"#)
        #expect(resources("secretsmanager:TagResource") == ["\(Self.secret):n-??????"])
        #expect(resources("lambda:InvokeFunction") == [function])
        #expect(resources("sts:TagSession") == [role])
        #expect(resources("sts:SetSourceIdentity") == [role])
        #expect(resources("iam:TagUser") == ["\(Self.iam):user/new"])
    }

    /// What is suggested for keys after the user's calls: each action with the names of its keys.
    private func keysSuggested(
        after calls: (_ keys: [String: String]) throws -> Void
    ) throws -> [String: Set<String>] {
        let scratch = server.scratch
        var keys: [String: String] = [:]
        for (name, owner) in [
            ("first", Caller.root()), ("second", .root()), ("european", .root(region: "eu-west-1")),
            ("theirs", .root(account: "111122223333")),
        ] {
            let key = try scratch.kms(.createKey, by: owner)["KeyMetadata"]
            keys[name] = key?["Arn"]?.string
        }
        let names = Dictionary(uniqueKeysWithValues: keys.map { ($0.value, $0.key) })
        try scratch.call(
            .createSecret,
            ["Name": "a", "SecretString": "1", "KmsKeyId": .string(keys["first"] ?? "")]
        )
        try calls(keys)
        _ = try scratch.auditRecords()
        var suggested: [String: Set<String>] = [:]
        for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
            guard let resources = resources(action) else { continue }
            suggested[action] = Set(resources.map { names[$0] ?? $0 })
        }
        return suggested
    }

    private static let decrypt = "kms:Decrypt"
    private static let generate = "kms:GenerateDataKey"

    @Test("who only describes, tags or renames a secret is suggested no use of its key")
    func withoutKey() throws {
        let suggested = try keysSuggested { _ in
            let scratch = server.scratch
            try scratch.call(.updateSecret, ["SecretId": "a", "Description": "d"], by: user)
            let tags: JSONValue = [["Key": "k", "Value": "v"]]
            try scratch.call(.tagResource, ["SecretId": "a", "Tags": tags], by: user)
            try scratch.call(.describeSecret, ["SecretId": "a"], by: user)
        }
        #expect(suggested == [:])
        #expect(resources("secretsmanager:UpdateSecret")?.count == 1)
    }

    @Test("C18: who makes a secret without a value is suggested the use of its key all the same")
    func emptySecret() throws {
        let suggested = try keysSuggested { keys in
            let members: JSONValue = ["Name": "b", "KmsKeyId": .string(keys["second"] ?? "")]
            try server.scratch.call(.createSecret, members, by: user)
        }
        #expect(suggested == [Self.decrypt: ["second"], Self.generate: ["second"]])
    }

    @Test(
        "C19: a value that is read or written takes the secret's key, a new key itself",
        arguments: [
            (SecretsManagerAction.getSecretValue, ["SecretId": "a"], [decrypt: ["first"]]),
            (
                .putSecretValue, ["SecretId": "a", "SecretString": "2"],
                [generate: ["first"]]
            ),
            (
                .updateSecret, ["SecretId": "a", "SecretString": "2", "Description": "d"],
                [generate: ["first"]]
            ),
            (
                .updateSecret, ["SecretId": "a", "KmsKeyId": "second"],
                [decrypt: ["second"], generate: ["second"]]
            ),
            (
                .createSecret, ["Name": "b", "SecretString": "2", "KmsKeyId": "second"],
                [decrypt: ["second"], generate: ["second"]]
            ),
        ] as [(SecretsManagerAction, JSONValue, [String: Set<String>])]
    )
    func withKey(
        _ action: SecretsManagerAction,
        _ members: JSONValue,
        _ expected: [String: Set<String>]
    ) throws {
        let suggested = try keysSuggested { keys in
            var members = members
            if let key = members["KmsKeyId"]?.string {
                members.set("KmsKeyId", .string(keys[key] ?? ""))
            }
            try server.scratch.call(action, members, by: user)
        }
        #expect(suggested == expected)
    }

    @Test("a copy takes the key of the secret and that of the copy")
    func copies() throws {
        let europe = try keysSuggested { keys in
            let replica: JSONValue = [
                "Region": "eu-west-1", "KmsKeyId": .string(keys["european"] ?? ""),
            ]
            let members: JSONValue = ["SecretId": "a", "AddReplicaRegions": [replica]]
            try server.scratch.call(.replicateSecretToRegions, members, by: user)
        }
        #expect(europe == [Self.decrypt: ["first"], Self.generate: ["european"]])
    }

    @Test("a copy for another account takes both keys, on either side")
    func crossAccountCopies() throws {
        let scratch = server.scratch
        let other = try scratch.user("other", account: "111122223333")
        var key = ""
        var first = ""
        let ours = try keysSuggested { keys in
            key = keys["theirs"] ?? ""
            first = keys["first"] ?? ""
            let primary = try scratch.call(.describeSecret, ["SecretId": "a"])["ARN"] ?? .null
            let members: JSONValue = [
                "Name": "a", "KmsKeyId": .string(key), "CrossAccountPrimaryARN": primary,
            ]
            let replica = try scratch.call(.createSecret, members, by: other)["ARN"] ?? .null
            let association: JSONValue = ["SecretId": "a", "CrossAccountReplicaARN": replica]
            try scratch.call(.associateCrossAccountReplica, association, by: user)
        }
        #expect(ours == [Self.decrypt: ["first"], Self.generate: ["theirs"]])
        let theirs = suggest(other.principal.arn).json["policy"]?["Statement"]?.jsonText() ?? ""
        let both = [first, key].sorted().joined(separator: "\",\"")
        #expect(theirs.contains(#""Action":["kms:Decrypt"],"Resource":["\#(both)"]"#))
        #expect(theirs.contains(#""Action":["kms:GenerateDataKey"],"Resource":["\#(key)"]"#))
    }

    @Test("who made no calls gets no policy, for IAM takes none without a statement")
    func noCalls() {
        let answer = suggest(user.principal.arn)
        #expect(answer.status == 200)
        #expect(answer.json["policy"] == nil)
        #expect(answer.json["calls"]?.jsonText() == "0")
    }

    @Test(
        "an ARN that nobody has is refused",
        arguments: [
            "nonsense", "arn:aws:iam::000000000000:user/nobody", "x:aws:iam::000000000000:user/u",
            "arn:aws:iam::000000000000:user/path/u", "arn:aws:sts::000000000000:user/u",
            "arn:aws:iam::000000000000:group/u", "arn:aws:iam::0000:root",
            "arn:aws:sts::000000000000:assumed-role/none/s",
        ]
    )
    func nobody(_ principal: String) {
        let answer = suggest(principal)
        #expect(answer.status == 404)
        #expect(
            answer.json["message"]?.string
                == "Nobody has the ARN \(principal): name a user, a role, a session or a root."
        )
    }
}
