import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What each operation of Secrets Manager does to a secret whose key cannot be used.
@Suite struct SecretKeyStateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: SecretsManagerAction
        let members: JSONValue
        let expected: String?

        init(_ action: SecretsManagerAction, _ members: JSONValue = [:], _ expected: String? = nil)
        {
            self.action = action
            self.members = members
            self.expected = expected
        }

        var testDescription: String { "\(action.rawValue) \(members.jsonText().prefix(60))" }
    }

    private static let decryption = "DecryptionFailure"
    private static let encryption = "EncryptionFailure"

    static let rows = [
        Row(.getSecretValue, [:], decryption),
        Row(.getSecretValue, ["VersionStage": "AWSPREVIOUS"], decryption),
        Row(.putSecretValue, ["SecretString": "x"], encryption),
        Row(.updateSecret, ["SecretString": "x"], encryption),
        Row(.updateSecret, ["KmsKeyId": ""]),
        Row(.updateSecret, ["Description": "x"]),
        Row(.rotateSecret, ["RotationLambdaARN": .string(ScratchVault.function)]),
        Row(
            .rotateSecret,
            [
                "RotationLambdaARN": .string(ScratchVault.function), "RotateImmediately": false,
                "RotationRules": ["AutomaticallyAfterDays": 1],
            ],
            decryption
        ),
        Row(.cancelRotateSecret),
        Row(.deleteResourcePolicy),
        Row(.deleteSecret),
        Row(.deleteSecret, ["ForceDeleteWithoutRecovery": true]),
        Row(.describeSecret),
        Row(.getResourcePolicy),
        Row(.listResourcePolicies),
        Row(.listSecretVersionIDs),
        Row(.putResourcePolicy, ["ResourcePolicy": .string(Policies.narrow)]),
        Row(.replicateSecretToRegions, ["AddReplicaRegions": [["Region": "eu-west-1"]]]),
        Row(.restoreSecret),
        Row(.tagResource, ["Tags": [["Key": "a", "Value": "b"]]]),
        Row(.untagResource, ["TagKeys": ["a"]]),
        Row(
            .updateSecretVersionStage,
            ["VersionStage": "MINE", "MoveToVersionId": .string(version("2"))]
        ),
    ]

    @Test(arguments: rows, [KeyState.disabled, .pendingDeletion, .deleted])
    func `A key that cannot be used fails what needs the value, and nothing else`(
        _ row: Row,
        _ state: KeyState
    ) throws {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        try vault.create("a", token: version("1"), ["KmsKeyId": .string(keyID)])
        try vault.put("second", on: "a", token: version("2"))
        try vault.bring(keyID, to: state)
        var members = row.members
        members.set("SecretId", "a")
        let tokenTakers: Set<SecretsManagerAction> = [
            .putSecretValue, .updateSecret, .rotateSecret,
        ]
        if tokenTakers.contains(row.action) {
            members.set("ClientRequestToken", .string(version("3")))
        }
        let before = try vault.describe("a")
        #expect(vault.refusal(of: row.action, members)?.code == row.expected)
        // What is refused changes nothing.
        if row.expected != nil { #expect(try vault.describe("a") == before) }
    }

    @Test(arguments: [KeyState.disabled, .pendingDeletion, .deleted])
    func `A batch tells which secret its key keeps closed`(_ state: KeyState) throws {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        try vault.create("a", ["KmsKeyId": .string(keyID)])
        try vault.create("b")
        try vault.bring(keyID, to: state)
        let answer = try vault.call(.batchGetSecretValue, ["SecretIdList": ["a", "b"]])
        #expect(answer["SecretValues"]?.elements?.count == 1)
        #expect(answer["Errors"]?[0]?["ErrorCode"]?.string == "DecryptionFailure")
        #expect(answer["Errors"]?[0]?["SecretId"]?.string == "a")
    }

    private func isClosed(_ vault: ScratchVault) -> Bool {
        vault.refusal(of: .getSecretValue, ["SecretId": "a"])?.code == Self.decryption
    }

    @Test func `A value that was just read is closed with its key, and open again with it`() throws
    {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        let key: JSONValue = ["KeyId": .string(keyID)]
        try vault.create("a", ["KmsKeyId": .string(keyID)])
        for _ in 0..<3 { #expect(try vault.value(of: "a") == "first") }
        try vault.kms(.disableKey, key)
        for _ in 0..<3 {
            #expect(isClosed(vault))
        }
        try vault.kms(.enableKey, key)
        #expect(try vault.value(of: "a") == "first")
        try vault.kms(.scheduleKeyDeletion, key)
        #expect(isClosed(vault))
        try vault.kms(.cancelKeyDeletion, key)
        #expect(isClosed(vault))
        try vault.kms(.enableKey, key)
        #expect(try vault.value(of: "a") == "first")
    }

    @Test func `A secret whose key was deleted is lost, and its name is free once it is deleted`()
        throws
    {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        try vault.create("a", ["KmsKeyId": .string(keyID)])
        try vault.bring(keyID, to: .deleted)
        // A new key does not open what the former one sealed.
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": ""])
        #expect(isClosed(vault))
        try vault.call(.putSecretValue, ["SecretId": "a", "SecretString": "second"])
        #expect(try vault.value(of: "a") == "second")
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        try vault.create("a", value: "anew")
        #expect(try vault.value(of: "a") == "anew")
    }
}
