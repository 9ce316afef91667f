import AWS
import HTTPServer
import JSON
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

    private var suggestion: JSONValue { suggest(user.principalARN).json }

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
            principalARN: user.principalARN,
            accessKeyID: nil,
            sourceAddress: "127.0.0.1",
            userAgent: nil,
            secretARN: nil,
            requestParameters: parameters,
            errorCode: "ResourceNotFoundException",
            errorMessage: nil,
            isReadOnly: true
        )
        try server.scratch.write { vault throws(APIError) in try vault.append(record) }
    }

    private static let secret = "arn:aws:secretsmanager:us-east-1:000000000000:secret"
    private static let iam = "arn:aws:iam::000000000000"
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
        ]
    )
    func untold(_ service: String, _ operation: String, _ parameters: String) throws {
        try record(service, operation, parameters)
        let suggestion = suggestion
        #expect(suggestion["policy"] == nil)
        #expect(suggestion["untold"]?.elements == [.string("\(service):\(operation)")])
        #expect(suggestion["calls"]?.jsonText() == "1")
    }

    @Test("what a call was left out for is not called unused")
    func used() throws {
        let all = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue", "kms:ListKeys")
        let other = try server.scratch.user("other", policies: [all])
        _ = try? server.scratch.call(.getSecretValue, ["SecretId": "a b"], by: other)
        _ = try server.scratch.auditRecords(atLeast: 1)
        let unused = suggest(other.principalARN).json["unused"]
        #expect(unused?.elements?.first?["actions"]?.elements == ["kms:ListKeys"])
    }

    @Test("the policies that tags, source identities and functions need are suggested too")
    func dependent() throws {
        let function = "arn:aws:lambda:us-east-1:000000000000:function:rotate"
        try record("secretsmanager", "CreateSecret", #"{"name":"n","tags":[]}"#)
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

    @Test("who made no calls gets no policy, for IAM takes none without a statement")
    func noCalls() {
        let answer = suggest(user.principalARN)
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
