import AWS
import JSON
import TestSupport
import Testing

/// What AWS was recorded to do, each by its number in docs/compatibility.md.
@Suite struct RecordedBehaviourTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", value: "one", token: version("1"))
    }

    private static let lockOut =
        "This resource policy will not allow you to manage this secret in the future."

    private static let changes: [(SecretsManagerAction, JSONValue)] = [
        (.tagResource, ["Tags": [["Key": "k", "Value": "v"]]]),
        (.untagResource, ["TagKeys": ["k"]]),
        (.putResourcePolicy, ["ResourcePolicy": .string(Policies.narrow)]),
        (.deleteResourcePolicy, [:]),
        (.updateSecret, ["Description": "d"]),
        (.deleteSecret, [:]),
        (.putSecretValue, ["SecretString": "v"]),
        (.replicateSecretToRegions, ["AddReplicaRegions": [["Region": "eu-west-1"]]]),
    ]

    @Test(arguments: changes)
    func `C24: what changes a secret of a service is refused`(
        action: SecretsManagerAction,
        others: JSONValue
    ) throws {
        try vault.createOwnedByRDS("r")
        var members = others
        members.set("SecretId", "r")
        members.set("ClientRequestToken", .string(version("2")))
        #expect(vault.refusal(of: action, members) == .ownedByRDS)
    }

    @Test func `C24: a secret of a service is read, and has a tag that says whose it is`() throws {
        try vault.createOwnedByRDS("r")
        #expect(try vault.value(of: "r") == "of rds")
        #expect(
            try vault.describe("r")["Tags"]?.text
                == #"[{"Key":"aws:secretsmanager:owningService","Value":"rds"}]"#
        )
    }

    @Test func `C26: a list has ten secrets a page unless told`() throws {
        for number in 1...11 { try vault.create("n\(number)") }
        let first = try vault.call(.listSecrets)
        #expect(first["SecretList"]?.elements?.count == 10)
        let token = try #require(first["NextToken"])
        let second = try vault.call(.listSecrets, ["NextToken": token])
        #expect(second["SecretList"]?.elements?.count == 2)
        #expect(second["NextToken"] == nil)
    }

    @Test(
        arguments: [
            ("C30", "credsDatabase892", "892"), ("C49", "prod/AppBeta/x", "AppBeta"),
            ("C49", "prod/AppBeta/x", "Beta"),
        ]
    )
    func `C30, C49: the filter for all splits names, and what it looks for, alike`(
        number: String,
        name: String,
        query: String
    ) throws {
        try vault.create(name)
        let found = try vault.call(
            .listSecrets,
            ["Filters": [["Key": "all", "Values": [.string(query)]]]]
        )
        #expect(found["SecretList"]?.elements?.compactMap { $0["Name"]?.string } == [name])
    }

    @Test func `C31: replicating again to a region is a success, and so is naming it twice`() throws
    {
        let members: JSONValue = [
            "SecretId": "a",
            "AddReplicaRegions": [["Region": "eu-west-1"], ["Region": "eu-west-1"]],
        ]
        for _ in 1...2 {
            let answer = try vault.call(.replicateSecretToRegions, members)
            #expect(answer["ReplicationStatus"]?.elements?.count == 1)
            #expect(answer["ReplicationStatus"]?[0]?["Status"] == "InProgress")
        }
        #expect(try vault.describe("a")["ReplicationStatus"]?[0]?["Status"] == "InSync")
        #expect(
            vault.refusal(
                of: .replicateSecretToRegions,
                ["SecretId": "a", "AddReplicaRegions": [["Region": "us-east-1"]]]
            ) == .invalid("Invalid replica region.")
        )
    }

    @Test func `C32, C51: a replica names the default key, and after it stands alone too`() throws {
        let regions: JSONValue = [["Region": "eu-west-1"]]
        try vault.call(
            .replicateSecretToRegions,
            ["SecretId": "a", "AddReplicaRegions": regions]
        )
        let there = Caller.root(region: "eu-west-1")
        func key() throws -> JSONValue? {
            try vault.call(.describeSecret, ["SecretId": "a"], by: there)["KmsKeyId"]
        }
        #expect(try key() == "alias/aws/secretsmanager")
        try vault.call(.stopReplicationToReplica, ["SecretId": "a"], by: there)
        #expect(try key() == "alias/aws/secretsmanager")
        #expect(try vault.describe("a")["KmsKeyId"] == nil)
    }

    @Test(
        arguments: changes.filter {
            [.replicateSecretToRegions, .putResourcePolicy, .deleteResourcePolicy].contains($0.0)
        }
    )
    func `C33: replicating and changes of the policy move LastChangedDate`(
        action: SecretsManagerAction,
        others: JSONValue
    ) throws {
        let before = try #require(try vault.lastChange(of: "a"))
        var members = others
        members.set("SecretId", "a")
        try vault.call(action, members)
        #expect(try #require(try vault.lastChange(of: "a")) > before)
    }

    @Test(arguments: [nil, "a"])
    func `C34: a policy that locks its author out does not pass`(secretID: String?) throws {
        let policy = PolicyDraft.statement(
            "Deny",
            "secretsmanager:PutResourcePolicy",
            principal: #""*""#
        )
        var members: JSONValue = ["ResourcePolicy": .string(policy)]
        if let secretID { members.set("SecretId", .string(secretID)) }
        #expect(
            try vault.call(.validateResourcePolicy, members).text
                == #"{"PolicyValidationPassed":false,"ValidationErrors":[{"CheckName":"#
                + #""LockOutCheck","ErrorMessage":"\#(Self.lockOut)"}]}"#
        )
    }

    @Test func `C35: tags by which the caller would lose its own permission are not set`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let tags: JSONValue = [["Key": "team", "Value": "red"]]
        try vault.call(.createSecret, ["Name": "a", "Tags": tags])
        let own = PolicyDraft.statement(
            "Allow",
            "secretsmanager:TagResource",
            "secretsmanager:UntagResource",
            if: #"{"StringEquals":{"aws:ResourceTag/team":"red"}}"#
        )
        let user = try vault.user("u", policies: [own])
        let refusal = Refusal("AccessDeniedException", Self.lockOut)
        let other: JSONValue = ["SecretId": "a", "Tags": [["Key": "team", "Value": "blue"]]]
        #expect(vault.refusal(of: .tagResource, other, by: user) == refusal)
        let untag: JSONValue = ["SecretId": "a", "TagKeys": ["team"]]
        #expect(vault.refusal(of: .untagResource, untag, by: user) == refusal)
        #expect(try vault.describe("a")["Tags"]?[0]?["Value"] == "red")
        let harmless: JSONValue = ["SecretId": "a", "Tags": [["Key": "x", "Value": "y"]]]
        #expect(vault.refusal(of: .tagResource, harmless, by: user) == nil)
    }

    @Test func `C46: cancelling in the middle of a rotation names no version`() throws {
        try vault.rotate("a", token: version("2"))
        let answer = try vault.call(.cancelRotateSecret, ["SecretId": "a"])
        #expect(answer.names == ["ARN", "Name"])
    }

    @Test func `C48: an empty list of tags needs no permission to tag`() throws {
        let vault = try ScratchVault(authorization: .enforce)
        let create = PolicyDraft.statement("Allow", "secretsmanager:CreateSecret")
        let user = try vault.user("u", policies: [create])
        func refusal(_ tags: JSONValue) -> Refusal? {
            let token = JSONValue.string(version("2"))
            let members: JSONValue = ["Name": "b", "Tags": tags, "ClientRequestToken": token]
            return vault.refusal(of: .createSecret, members, by: user)
        }
        #expect(refusal([["Key": "k", "Value": "v"]])?.code == "AccessDeniedException")
        #expect(refusal([]) == nil)
    }
}
