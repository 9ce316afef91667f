import AWS
import JSON
import Notation
import TestSupport
import Testing

/// Each account and each region is its own world.
@Suite("Accounts and regions are apart")
struct ScopeTests {
    let vault: ScratchVault
    let here = Caller.root()
    private static let elsewhere: [Caller] = [
        .root(account: "111122223333"), .root(region: "eu-west-1"),
        .root(account: "111122223333", region: "eu-west-1"),
    ]

    init() throws {
        vault = try ScratchVault()
    }

    @Test("no operation on a name reaches another account or region", arguments: elsewhere)
    func names(other: Caller) throws {
        try vault.create("a", token: version("1"), ["Tags": [["Key": "k", "Value": "v"]]])
        let before = try vault.describe("a")
        for action in SecretsManagerAction.allCases {
            guard let members = requestByName(action) else { continue }
            #expect(
                vault.refusal(of: action, members, by: other) == .unknownSecret,
                "\(action.rawValue)"
            )
        }
        let forced: JSONValue = ["SecretId": "a", "ForceDeleteWithoutRecovery": true]
        try vault.call(.deleteSecret, forced, by: other)
        #expect(try vault.describe("a") == before)
        #expect(try vault.value(of: "a") == "first")
    }

    @Test("one name can stand in every account and region, with changes that stay apart")
    func sameName() throws {
        try vault.create("a", value: "here", by: here)
        for (index, caller) in Self.elsewhere.enumerated() {
            let arn = try vault.create("a", value: "there \(index)", by: caller)
            #expect(arn.contains(":\(caller.scope.region):\(caller.scope.account):secret:a-"))
        }
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "changed"], by: here)
        try vault.call(.deleteSecret, ["SecretId": "a"], by: here)
        for (index, caller) in Self.elsewhere.enumerated() {
            let answer = try vault.call(.getSecretValue, ["SecretId": "a"], by: caller)
            #expect(answer["SecretString"]?.string == "there \(index)")
            let secret = try vault.describe("a", by: caller)
            #expect(secret["Description"] == nil)
            #expect(secret["DeletedDate"] == nil)
        }
    }

    @Test("lists and batches show the caller's account and region only", arguments: elsewhere)
    func lists(other: Caller) throws {
        try vault.create("a", value: "here", by: here)
        #expect(try vault.call(.listSecrets, by: other)["SecretList"] == [])
        try vault.create("a", value: "there", by: other)
        try vault.create("b", value: "there", by: other)
        let filter: JSONValue = ["Filters": [["Key": "name", "Values": ["a"]]]]
        for members: JSONValue in [[:], filter] {
            let list = try vault.call(.listSecrets, members, by: here)["SecretList"]
            #expect(list?.elements?.count == 1)
            #expect(list[0]["ARN"]?.string?.contains(":us-east-1:000000000000:") == true)
        }
        for members in [filter, ["SecretIdList": ["a", "b"]]] {
            let answer = try vault.call(.batchGetSecretValue, members, by: here)
            #expect(answer["SecretValues"]?.elements?.count == 1)
            #expect(answer["SecretValues"][0]["SecretString"] == "here")
        }
    }

    @Test("an ARN of another region is unknown at this endpoint, for every operation")
    func foreignRegion() throws {
        let arn = try vault.create("a", by: .root(region: "eu-west-1"))
        for action in SecretsManagerAction.allCases {
            guard var members = requestByName(action) else { continue }
            members.set("SecretId", "\(arn)")
            #expect(
                vault.refusal(of: action, members, by: here) == .unknownSecret,
                "\(action.rawValue)"
            )
        }
        let answer = try vault.call(.batchGetSecretValue, ["SecretIdList": ["\(arn)"]], by: here)
        #expect(answer["Errors"][0]["ErrorCode"] == "ResourceNotFoundException")
    }

    @Test(
        "another account's secret under the default key keeps its values to itself",
        arguments: [
            "", "alias/aws/secretsmanager",
        ]
    )
    func defaultKey(key: String) throws {
        let owner = Caller.root(account: "111122223333")
        let arn = try vault.create("a", ["KmsKeyId": "\(key)"], by: owner)
        let value: JSONValue = [
            "SecretId": "\(arn)", "SecretString": "s", "ClientRequestToken": "\(version("2"))",
        ]
        for action: SecretsManagerAction in [.getSecretValue, .putSecretValue, .updateSecret] {
            #expect(
                vault.refusal(of: action, value, by: here) == .defaultKeyAcrossAccounts,
                "\(action.rawValue)"
            )
        }
        let batch = try vault.call(.batchGetSecretValue, ["SecretIdList": ["\(arn)"]], by: here)
        #expect(batch["Errors"][0]["Message"]?.string == Refusal.defaultKeyAcrossAccounts.text)
        #expect(try vault.describe(arn, by: here)["Name"] == "a")
    }

    @Test("another account's secret under a key of its own works by its ARN, partial or whole")
    func ownKey() throws {
        let owner = Caller.root(account: "111122223333")
        let arn = try vault.create("a", ["KmsKeyId": "alias/shared"], by: owner)
        for secretID in [arn, "\(arn.dropLast(7))"] {
            let answer = try vault.call(.getSecretValue, ["SecretId": "\(secretID)"], by: here)
            #expect(answer["ARN"]?.string == arn)
        }
        try vault.call(.putSecretValue, ["SecretId": "\(arn)", "SecretString": "new"], by: here)
        try vault.call(.tagResource, ["SecretId": "\(arn)", "Tags": [["Key": "k"]]], by: here)
        try vault.call(.deleteSecret, ["SecretId": "\(arn)"], by: here)
        try vault.call(.restoreSecret, ["SecretId": "\(arn)"], by: here)
        let answer = try vault.call(.getSecretValue, ["SecretId": "a"], by: owner)
        #expect(answer["SecretString"] == "new")
    }

    /// A well-formed request about the secret `a`; nil for what needs no secret.
    private func requestByName(_ action: SecretsManagerAction) -> JSONValue? {
        let id: JSONValue = ["SecretId": "a"]
        switch action {
        case .createSecret, .getRandomPassword, .listSecrets, .batchGetSecretValue: return nil
        case .cancelRotateSecret, .deleteResourcePolicy, .deleteSecret, .describeSecret,
            .getResourcePolicy, .getSecretValue, .listResourcePolicies, .listSecretVersionIDs,
            .restoreSecret:
            return id
        case .putResourcePolicy, .validateResourcePolicy:
            return ["SecretId": "a", "ResourcePolicy": .string(Policies.narrow)]
        case .associateCrossAccountReplica, .disassociateCrossAccountReplica:
            return row(of: action).request("a")
        case .removeRegionsFromReplication, .replicateSecretToRegions, .stopReplicationToReplica:
            return row(of: action).request("a")
        case .rotateSecret: return row(of: .rotateSecret).request("a")
        case .putSecretValue, .updateSecret:
            return [
                "SecretId": "a", "SecretString": "s", "ClientRequestToken": "\(version("9"))",
            ]
        case .tagResource: return ["SecretId": "a", "Tags": [["Key": "x"]]]
        case .untagResource: return ["SecretId": "a", "TagKeys": ["k"]]
        case .updateSecretVersionStage:
            return [
                "SecretId": "a", "VersionStage": "x", "MoveToVersionId": "\(version("1"))",
            ]
        }
    }
}
