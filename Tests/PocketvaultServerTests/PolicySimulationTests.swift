import AWS
import HTTPServer
import JSON
import Notation
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("A call that is simulated")
struct PolicySimulationTests {
    private let server: ScratchServer
    private static let account = "arn:aws:iam::000000000000"

    init() throws {
        server = try ScratchServer()
    }

    private func simulate(_ members: [String: JSONValue]) -> HTTPResponse {
        let body = JSONValue.object(JSONObject(members.map { (name: $0.key, value: $0.value) }))
        return server.send(
            .post(body.jsonText(), [ControlTests.json], path: "/_pocketvault/policy/simulate")
        )
    }

    private func simulate(
        _ caller: Caller,
        _ action: String,
        _ others: [String: JSONValue] = [:]
    ) -> JSONValue {
        let members: [String: JSONValue] = [
            "principal": .string(caller.principal.arn), "action": .string(action),
        ]
        return simulate(members.merging(others) { $1 }).json
    }

    @Test(
        "a secret under a key of one's own needs the use of the key, as the call does",
        arguments: [
            ("GetSecretValue", ["kms:Decrypt"]),
            ("PutSecretValue", ["kms:GenerateDataKey"]),
            ("UpdateSecret", ["kms:GenerateDataKey"]),
        ]
    )
    func key(_ operation: String, _ uses: [String]) throws {
        let scratch = server.scratch
        let key = try scratch.kms(.createKey)["KeyMetadata"]?["Arn"]?.string ?? ""
        try scratch.call(
            .createSecret,
            ["Name": "n", "SecretString": "v", "KmsKeyId": .string(key)]
        )
        let action = "secretsmanager:\(operation)"
        var granted = [PolicyDraft.statement("Allow", "secretsmanager:*")]
        for (number, use) in uses.enumerated() {
            let user = try scratch.user("u\(number)", policies: granted)
            let answer = simulate(user, action, ["secret": "n"])
            #expect(answer["allowed"] == false)
            #expect(answer["missing"] == .string(use))
            #expect(
                answer["explanation"]?.string?.hasPrefix(
                    "\(action) itself is allowed, but the call also needs \(use) on \(key). Denied: "
                ) == true
            )
            granted.append(PolicyDraft.statement("Allow", use))
        }
        let user = try scratch.user("all", policies: granted)
        let answer = simulate(user, action, ["secret": "n"])
        #expect(answer["allowed"] == true && answer["missing"] == nil)
        #expect(simulate(user, action, ["secret": "none"])["allowed"] == true)
    }

    @Test("C20: either of a version's two keys is enough to read it")
    func eitherKey() throws {
        let scratch = server.scratch
        let keys = try (1...2).map { _ in
            try scratch.kms(.createKey)["KeyMetadata"]?["Arn"]?.string ?? ""
        }
        let members: JSONValue = ["Name": "n", "SecretString": "v", "KmsKeyId": .string(keys[0])]
        try scratch.call(.createSecret, members)
        try scratch.call(.updateSecret, ["SecretId": "n", "KmsKeyId": .string(keys[1])])
        let action = "secretsmanager:GetSecretValue"
        let secrets = PolicyDraft.statement("Allow", action)
        let none = try scratch.user("none", policies: [secrets])
        #expect(simulate(none, action, ["secret": "n"])["missing"] == "kms:Decrypt")
        for (number, key) in keys.enumerated() {
            let decrypt = PolicyDraft.statement("Allow", "kms:Decrypt", on: key)
            let user = try scratch.user("u\(number)", policies: [secrets, decrypt])
            #expect(simulate(user, action, ["secret": "n"])["allowed"] == true)
        }
    }

    @Test("a secret that is read as a parameter needs its own permission too")
    func parameter() throws {
        let scratch = server.scratch
        try scratch.call(.createSecret, ["Name": "app/n", "SecretString": "v"])
        let arn = "arn:aws:ssm:us-east-1:000000000000:parameter/aws/reference/secretsmanager/app/n"
        let parameters = PolicyDraft.statement("Allow", "ssm:GetParameter*")
        let user = try scratch.user("u", policies: [parameters])
        let secrets = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue")
        let both = try scratch.user("both", policies: [parameters, secrets])
        for action in ["ssm:GetParameter", "ssm:GetParameters"] {
            let resource: [String: JSONValue] = ["resource": .string(arn)]
            let missing = simulate(user, action, resource)["missing"]
            #expect(missing == "secretsmanager:GetSecretValue")
            #expect(simulate(both, action, resource)["allowed"] == true)
        }
    }

    @Test("condition keys that the operation gives by itself need not be told")
    func ownKeys() throws {
        let scratch = server.scratch
        try scratch.call(.createSecret, ["Name": "n", "SecretString": "v"])
        let keep = PolicyDraft.statement(
            "Allow",
            "secretsmanager:RotateSecret",
            if: #"{"Bool":{"secretsmanager:ModifyRotationRules":"false"}}"#
        )
        let user = try scratch.user("u", policies: [keep])
        let action = "secretsmanager:RotateSecret"
        #expect(simulate(user, action, ["secret": "n"])["allowed"] == true)
        let context: JSONValue = ["secretsmanager:ModifyRotationRules": "true"]
        let told = simulate(user, action, ["secret": "n", "context": context])
        #expect(told["allowed"] == false)
    }

    @Test("what is about other things than values does not need the key")
    func withoutKey() throws {
        let scratch = server.scratch
        let key = try scratch.kms(.createKey)["KeyMetadata"]?["Arn"] ?? .null
        try scratch.call(.createSecret, ["Name": "n", "KmsKeyId": key])
        let allow = PolicyDraft.statement("Allow", "secretsmanager:*")
        let user = try scratch.user("u", policies: [allow])
        let answer = simulate(user, "secretsmanager:DescribeSecret", ["secret": "n"])
        #expect(answer["allowed"] == true)
    }

    /// A role that trusts the user `friend`, from outside with an external id only.
    private func makeRole() throws {
        let statement =
            #"{"Effect":"Allow","Principal":{"AWS":"\#(Self.account):user/friend"},"#
            + #""Action":"sts:AssumeRole","#
            + #""Condition":{"StringEquals":{"sts:ExternalId":"agreed"}}}"#
        let now = server.scratch.clock.now
        try server.scratch.write { vault throws(APIError) in
            _ = try vault.insert(
                IAMPrincipal(
                    account: "000000000000",
                    kind: .role,
                    name: "task",
                    path: "/p/",
                    uniqueID: "AROA00000000000000001",
                    createdAt: now,
                    trustPolicy: #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#
                )
            )
        }
    }

    @Test("AssumeRole is decided by the role's trust policy, as the call is")
    func trust() throws {
        let allow = PolicyDraft.statement("Allow", "sts:AssumeRole")
        let friend = try server.scratch.user("friend")
        let stranger = try server.scratch.user("stranger", policies: [allow])
        try makeRole()
        func ask(_ caller: Caller, _ role: String, _ externalID: String) -> JSONValue {
            let context: JSONValue = ["sts:ExternalId": .string(externalID)]
            return simulate(
                caller,
                "sts:AssumeRole",
                ["resource": .string("\(Self.account):role/\(role)"), "context": context]
            )
        }
        #expect(ask(friend, "p/task", "agreed")["allowed"] == true)
        #expect(ask(friend, "p/task", "guessed")["allowed"] == false)
        #expect(ask(stranger, "p/task", "agreed")["allowed"] == false)
        #expect(
            ask(stranger, "p/task", "agreed")["explanation"]?.string
                == "Denied: no resource-based policy allows it. Nearest: statement 1 of the"
                + " resource-based policy trust policy of task, but it is about other principals."
        )
        #expect(ask(friend, "task", "agreed")["allowed"] == false)
        #expect(ask(friend, "none", "agreed")["allowed"] == false)
    }

    @Test("an AssumeRole that was let in is explained by the trust policy too")
    func explained() throws {
        let friend = try server.scratch.user("friend")
        try makeRole()
        let record = AuditRecord(
            time: server.scratch.clock.now,
            requestID: "r",
            eventSource: "sts.amazonaws.com",
            eventName: "AssumeRole",
            scope: .here,
            principalARN: friend.principal.arn,
            accessKeyID: nil,
            sourceAddress: "127.0.0.1",
            userAgent: nil,
            resourceARN: nil,
            requestParameters: #"{"roleArn":"\#(Self.account):role/p/task"}"#,
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: true
        )
        try server.scratch.write { vault throws(APIError) in try vault.append(record) }
        let answer = server.send(.get("/_pocketvault/policy/explain", query: "request=r")).json
        // The trail has no ExternalId as a condition key.
        #expect(answer["explanation"]?.string?.contains("trust policy of task") == true)
    }

    @Test("a new secret is one with a suffix, and what it carries needs permission too")
    func create() throws {
        let create = PolicyDraft.statement(
            "Allow",
            "secretsmanager:CreateSecret",
            on: "arn:aws:secretsmanager:us-east-1:000000000000:secret:new-??????"
        )
        let user = try server.scratch.user("u", policies: [create])
        let action = "secretsmanager:CreateSecret"
        #expect(simulate(user, action, ["secret": "new"])["allowed"] == true)
        let tagged = simulate(
            user,
            action,
            ["secret": "new", "context": ["aws:RequestTag/a": "b"]]
        )
        #expect(tagged["allowed"] == false)
        #expect(tagged["missing"] == "secretsmanager:TagResource")
    }

    @Test("a secret or a key that is named as a resource has its own policy's say")
    func resourcePolicies() throws {
        let scratch = server.scratch
        let user = try scratch.user("u")
        let policy = PolicyDraft.statement(
            "Allow",
            "secretsmanager:GetSecretValue",
            principal: #"{"AWS":"\#(user.principal.arn)"}"#
        )
        let arn = try scratch.call(.createSecret, ["Name": "n"])["ARN"] ?? .null
        try scratch.call(.putResourcePolicy, ["SecretId": arn, "ResourcePolicy": .string(policy)])
        let answer = simulate(user, "secretsmanager:GetSecretValue", ["resource": arn])
        #expect(answer["allowed"] == true)
        let elsewhere = simulate(
            user,
            "secretsmanager:GetSecretValue",
            ["resource": arn, "region": "eu-west-1"]
        )
        #expect(elsewhere["allowed"] == false)
        let key = try scratch.kms(.createKey)["KeyMetadata"]?["Arn"] ?? .null
        let denied = simulate(user, "kms:Decrypt", ["resource": key])["explanation"]?.string
        #expect(denied?.contains("Denied: no identity-based policy allows it.") == true)
        let root = simulate(.root(), "kms:Decrypt", ["resource": key])["explanation"]?.string
        #expect(root?.hasPrefix("Allowed by statement 1") == true)
        let described = simulate(.root(), "kms:DescribeKey", ["resource": key])["explanation"]
        #expect(described?.string?.hasPrefix("Allowed by statement 1") == true)
    }

    @Test("actions are known in capital and in small letters")
    func spelling() throws {
        let deny = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue")
        let user = try server.scratch.user("u", policies: [deny])
        let answer = simulate(user, "SecretsManager:getsecretvalue", ["secret": "n"])
        #expect(answer["allowed"] == true)
    }

    @Test(
        "nonsense is refused with a line that says why",
        arguments: [
            (["action": "GetSecretValue"], #""GetSecretValue" is no action: write it as"#),
            (["action": "secretsmanager:*"], #""secretsmanager:*" is no action"#),
            (["action": ":GetSecretValue"], #"":GetSecretValue" is no action"#),
            (["action": "secretsmanager:ReadSecret"], "secretsmanager has no action ReadSecret."),
            (["action": "kms:GetSecretValue"], "kms has no action GetSecretValue."),
            (["action": "iam:MakeUser"], "iam has no action MakeUser."),
            (["action": "sts:BecomeRole"], "sts has no action BecomeRole."),
            (["action": "cloudtrail:Look"], "cloudtrail has no action Look."),
            (["action": "ssm:GetSecret"], "ssm has no action GetSecret."),
            (["resource": "secret-name"], #""secret-name" is no ARN"#),
            (["resource": "arn:aws:s3"], #""arn:aws:s3" is no ARN"#),
            (["secret": "a b"], #""a b" is neither the name nor the ARN of a secret."#),
            (
                ["secret": "a", "resource": "arn:aws:s3:::b"],
                "Name a secret or a resource, not both."
            ),
            (["action": "sts:AssumeRole"], "sts:AssumeRole is about a role: name it by its ARN"),
            (
                ["action": "sts:AssumeRole", "resource": "arn:aws:s3:::b"],
                "sts:AssumeRole is about a role"
            ),
            (["region": "mars"], #""mars" is no region: write it as us-east-1."#),
            (["region": "us east 1"], #""us east 1" is no region"#),
        ] as [([String: JSONValue], String)]
    )
    func refused(_ members: [String: JSONValue], _ message: String) {
        let question: [String: JSONValue] = [
            "principal": "arn:aws:iam::000000000000:root",
            "action": "secretsmanager:GetSecretValue",
        ]
        let answer = simulate(question.merging(members) { $1 })
        #expect(answer.status == 400)
        let said = answer.json["message"]?.string ?? ""
        #expect(said.hasPrefix(message), "\(said)")
    }

    @Test(
        "an ARN of what is no account, no partition or nobody's session is nobody's",
        arguments: [
            "arn:aws:iam::\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}\u{0666}:root",
            "arn:aws:iam::\u{FF11}\u{FF12}\u{FF13}\u{FF14}:root", "arn:aws:iam::00000000000:root",
            "arn:aws:iam::0000000000000:root", "arn:aws:iam::00000000000a:root",
            "arn:aws-mars:iam::000000000000:root", "arn:aws:iam:us-east-1:000000000000:root",
            "arn:aws:iam::000000000000:root/s", "arn:aws-cn:sts::000000000000:assumed-role/task/s",
        ]
    )
    func nobody(_ principal: String) throws {
        try makeRole()
        let answer = simulate([
            "principal": .string(principal), "action": "secretsmanager:GetSecretValue",
        ])
        #expect(answer.status == 404, "\(answer.text)")
    }

    @Test(
        "actions of services that are not here, and of operations that are not built, are asked about",
        arguments: ["s3:GetObject", "iam:PassRole", "kms:Encrypt", "sts:TagSession"]
    )
    func others(_ action: String) {
        let role = JSONValue.string("\(Self.account):role/r")
        let answer = simulate([
            "principal": "arn:aws:iam::000000000000:root", "action": .string(action),
            "resource": role,
        ])
        #expect(answer.status == 200)
    }
}
