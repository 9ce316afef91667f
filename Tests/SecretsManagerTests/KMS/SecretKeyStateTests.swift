import AWS
import JSON
import TestSupport
import Testing

/// What each operation of Secrets Manager does to a secret whose key cannot be used.
@Suite struct SecretKeyStateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let action: Action
        let members: JSONValue
        let expected: Refusal?

        init(_ action: Action, _ members: JSONValue = [:], _ expected: Refusal? = nil) {
            self.action = action
            self.members = members
            self.expected = expected
        }

        var testDescription: String { "\(action.rawValue) \(members.jsonText().prefix(60))" }
    }

    static let rows = [
        Row(.getSecretValue, [:], .cannotDecrypt),
        Row(.getSecretValue, ["VersionStage": "AWSPREVIOUS"], .cannotDecrypt),
        Row(.putSecretValue, ["SecretString": "x"], .cannotEncrypt),
        Row(.updateSecret, ["SecretString": "x"], .cannotEncrypt),
        Row(.updateSecret, ["KmsKeyId": ""], .cannotDecrypt),
        Row(.updateSecret, ["Description": "x"]),
        Row(.rotateSecret, ["RotationLambdaARN": .string(ScratchVault.function)]),
        Row(
            .rotateSecret,
            [
                "RotationLambdaARN": .string(ScratchVault.function), "RotateImmediately": false,
                "RotationRules": ["AutomaticallyAfterDays": 1],
            ],
            .cannotDecrypt
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
        let tokenTakers: Set<Action> = [.putSecretValue, .updateSecret, .rotateSecret]
        if tokenTakers.contains(row.action) {
            members.set("ClientRequestToken", .string(version("3")))
        }
        let before = try vault.describe("a")
        #expect(vault.refusal(of: row.action, members) == row.expected)
        // What is refused changes nothing.
        if row.expected != nil { #expect(try vault.describe("a") == before) }
    }

    @Test(arguments: [KeyState.disabled, .pendingDeletion, .deleted])
    func `A new secret with a value needs a key that can be used`(_ state: KeyState) throws {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        try vault.bring(keyID, to: state)
        var members: JSONValue = [
            "Name": "a", "KmsKeyId": .string(keyID), "SecretString": "x",
            "ClientRequestToken": .string(version("1")),
        ]
        #expect(vault.refusal(of: .createSecret, members) == .cannotEncrypt)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"]) == .unknownSecret)
        members = [
            "Name": "a", "KmsKeyId": .string(keyID), "ClientRequestToken": .string(version("1")),
        ]
        let expected: Refusal? = state == .deleted ? .cannotEncrypt : nil
        #expect(vault.refusal(of: .createSecret, members) == expected)
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

    @Test func `A value that was just read is closed with its key, and open again with it`() throws
    {
        let vault = try ScratchVault()
        let keyID = try vault.createKey()
        let key: JSONValue = ["KeyId": .string(keyID)]
        try vault.create("a", ["KmsKeyId": .string(keyID)])
        for _ in 0..<3 { #expect(try vault.value(of: "a") == "first") }
        try vault.kms(.disableKey, key)
        for _ in 0..<3 {
            #expect(vault.refusal(of: .getSecretValue, ["SecretId": "a"]) == .cannotDecrypt)
        }
        try vault.kms(.enableKey, key)
        #expect(try vault.value(of: "a") == "first")
        try vault.kms(.scheduleKeyDeletion, key)
        #expect(vault.refusal(of: .getSecretValue, ["SecretId": "a"]) == .cannotDecrypt)
        try vault.kms(.cancelKeyDeletion, key)
        #expect(vault.refusal(of: .getSecretValue, ["SecretId": "a"]) == .cannotDecrypt)
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
        // The versions in use cannot be opened, and so cannot be sealed anew.
        #expect(
            vault.refusal(
                of: .updateSecret,
                ["SecretId": "a", "KmsKeyId": "", "ClientRequestToken": .string(version("2"))]
            ) == .cannotDecrypt
        )
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        try vault.create("a", value: "anew")
        #expect(try vault.value(of: "a") == "anew")
    }
}
