import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("A replica follows its primary")
struct ReplicaTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", token: version("1"))
        try vault.replicate("a", to: "eu-west-1", "eu-west-2")
    }

    private func value(_ version: String? = nil) throws -> String? {
        var members: JSONValue = ["SecretId": "a"]
        if let version { members.set("VersionId", .string(version)) }
        return try vault.call(.getSecretValue, members, by: europe)["SecretString"]?.string
    }

    @Test("its values and labels move with those of the primary")
    func values() throws {
        try vault.put("second", on: "a", token: version("2"))
        #expect(try value() == "second")
        #expect(try value(version("1")) == "first")
        #expect(
            try vault.describe("a", by: europe).versionIDsToStages
                == [version("1"): ["AWSPREVIOUS"], version("2"): ["AWSCURRENT"]]
        )
        try vault.call(
            .updateSecretVersionStage,
            [
                "SecretId": "a", "VersionStage": "AWSCURRENT",
                "MoveToVersionId": .string(version("1")),
                "RemoveFromVersionId": .string(version("2")),
            ]
        )
        #expect(try value() == "first")
    }

    @Test("its description, tags and policy are those of the primary")
    func metadata() throws {
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "new"])
        try vault.call(.tagResource, ["SecretId": "a", "Tags": [["Key": "k", "Value": "v"]]])
        try vault.putPolicy(Policies.narrow, on: "a")
        let copy = try vault.describe("a", by: europe)
        #expect(copy["Description"] == "new")
        #expect(copy["Tags"] == [["Key": "k", "Value": "v"]])
        let policy = try vault.call(.getResourcePolicy, ["SecretId": "a"], by: europe)
        #expect(policy["ResourcePolicy"] != nil)
        try vault.call(.untagResource, ["SecretId": "a", "TagKeys": ["k"]])
        try vault.call(.deleteResourcePolicy, ["SecretId": "a"])
        #expect(try vault.describe("a", by: europe)["Tags"] == [])
        let none = try vault.call(.getResourcePolicy, ["SecretId": "a"], by: europe)
        #expect(none["ResourcePolicy"] == nil)
    }

    @Test("a change that is refused changes no replica either")
    func refused() throws {
        let before = try vault.describe("a", by: europe)
        _ = vault.refusal(
            of: .putSecretValue,
            [
                "SecretId": "a", "SecretString": "other",
                "ClientRequestToken": .string(version("1")),
            ]
        )
        #expect(try vault.describe("a", by: europe) == before)
        #expect(try value() == "first")
    }

    @Test("its own key may be changed, and nothing else")
    func key() throws {
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": "alias/mine"], by: europe)
        #expect(try vault.describe("a", by: europe)["KmsKeyId"] == "alias/mine")
        #expect(try value() == "first")
        #expect(try vault.describe("a")["ReplicationStatus"][0]?["KmsKeyId"] == "alias/mine")
        let token = JSONValue.string(version("9"))
        #expect(
            vault.refusal(
                of: .updateSecret,
                [
                    "SecretId": "a", "KmsKeyId": "k", "Description": "d",
                    "ClientRequestToken": token,
                ],
                by: europe
            ) == .onReplica
        )
    }

    @Test("a primary cannot be deleted while it has replicas", arguments: [false, true])
    func deletion(forced: Bool) throws {
        let arn = try #require(try vault.describe("a")["ARN"]?.string)
        let members: JSONValue = ["SecretId": "a", "ForceDeleteWithoutRecovery": .bool(forced)]
        #expect(
            vault.refusal(of: .deleteSecret, members)
                == .invalid(
                    "You can't delete secret \(arn) that still has replica regions"
                        + " [eu-west-1, eu-west-2]."
                )
        )
        #expect(try value() == "first")
    }

    @Test("primary-region finds a primary and its replicas")
    func filter() throws {
        try vault.create("b", by: europe)
        let members: JSONValue = ["Filters": [["Key": "primary-region", "Values": ["us-east-1"]]]]
        for caller in [Caller.root(), europe] {
            let list = try vault.call(.listSecrets, members, by: caller)["SecretList"]
            #expect(list?.elements?.map { $0["Name"] } == ["a"])
            #expect(list?[0]?["PrimaryRegion"] == "us-east-1")
            #expect(list?[0]?["ReplicationStatus"] == nil)
        }
    }

    @Test("reset of the account takes primaries and replicas")
    func reset() throws {
        try vault.write { vault throws(APIError) in
            try vault.empty(account: "000000000000")
        }
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"], by: europe) == .unknownSecret)
    }
}
