import AWS
import JSON
import Notation
import TestSupport
import Testing

/// Which key a KmsKeyId stands for.
@Suite struct SecretKeyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// KmsKeyIds of the versions, newest first.
    private func keys(of secretID: String) throws -> [String?] {
        let versions = try vault.call(
            .listSecretVersionIDs,
            ["SecretId": .string(secretID), "IncludeDeprecated": true]
        )
        return (versions["Versions"]?.elements ?? []).reversed().map {
            $0["KmsKeyIds"]?[0]?.string
        }
    }

    @Test func `A key is named by id, ARN, alias or alias ARN, and echoed as it was named`() throws
    {
        let keyID = try vault.createKey(alias: "alias/app")
        let names = [
            keyID, keyARN(keyID), "alias/app", "arn:aws:kms:us-east-1:000000000000:alias/app",
        ]
        for (number, name) in names.enumerated() {
            try vault.create("\(number)", ["KmsKeyId": .string(name)])
            #expect(try vault.describe("\(number)")["KmsKeyId"]?.string == name)
            #expect(try keys(of: "\(number)") == [keyARN(keyID)])
        }
        try vault.bring(keyID, to: .disabled)
        for number in names.indices {
            #expect(
                vault.refusal(of: .getSecretValue, ["SecretId": .string("\(number)")])?.code
                    == "DecryptionFailure"
            )
        }
    }

    @Test func `Another key leaves a secret alone`() throws {
        let first = try vault.createKey()
        let second = try vault.createKey()
        try vault.create("a", ["KmsKeyId": .string(first)])
        try vault.create("b")
        try vault.bring(second, to: .disabled)
        #expect(try vault.value(of: "a") == "first")
        #expect(try vault.value(of: "b") == "first")
    }

    @Test func `A moved alias seals what comes next and leaves what is there`() throws {
        let first = try vault.createKey(alias: "alias/app")
        let second = try vault.createKey()
        try vault.create("a", token: version("1"), ["KmsKeyId": "alias/app"])
        try vault.kms(.updateAlias, ["AliasName": "alias/app", "TargetKeyId": .string(second)])
        try vault.put("second", on: "a", token: version("2"))
        #expect(try keys(of: "a") == [keyARN(second), keyARN(first)])
        try vault.bring(first, to: .disabled)
        #expect(try vault.value(of: "a") == "second")
        #expect(
            vault.refusal(
                of: .getSecretValue,
                ["SecretId": "a", "VersionId": .string(version("1"))]
            )?.code == "DecryptionFailure"
        )
    }

    @Test func `A secret whose alias is gone can be read and not be written`() throws {
        try vault.createKey(alias: "alias/app")
        try vault.create("a", ["KmsKeyId": "alias/app"])
        try vault.kms(.deleteAlias, ["AliasName": "alias/app"])
        #expect(try vault.value(of: "a") == "first")
        #expect(
            vault.refusal(
                of: .putSecretValue,
                [
                    "SecretId": "a", "SecretString": "x",
                    "ClientRequestToken": .string(version("2")),
                ]
            )?.code == "EncryptionFailure"
        )
    }

    @Test func `C20: what another key opens too outlives the deletion of the former one`() throws {
        let first = try vault.createKey()
        let second = try vault.createKey()
        try vault.create("a", token: version("1"), ["KmsKeyId": .string(first)])
        try vault.put("second", on: "a", token: version("2"))
        try vault.put("third", on: "a", token: version("3"))
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": .string(second)])
        try vault.bring(first, to: .deleted)
        #expect(try vault.value(of: "a") == "third")
        #expect(try vault.value(of: "a", version: version("2")) == "second")
    }

    // MARK: Keys that nobody made

    @Test func `Until a key is made, any KmsKeyId is taken as it is`() throws {
        for (number, name) in Self.unknown.enumerated() {
            try vault.create("\(number)", ["KmsKeyId": .string(name)])
            #expect(try vault.value(of: "\(number)") == "first")
            #expect(try keys(of: "\(number)") == [name])
        }
    }

    @Test(arguments: unknown)
    func `Once a key is made, an unknown KmsKeyId is refused`(_ name: String) throws {
        try vault.create("a")
        try vault.createKey()
        let create: JSONValue = [
            "Name": "b", "KmsKeyId": .string(name), "SecretString": "x",
            "ClientRequestToken": .string(version("1")),
        ]
        #expect(vault.refusal(of: .createSecret, create)?.code == Self.invalid)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "b"]) == .unknownSecret)
        let update: JSONValue = [
            "SecretId": "a", "KmsKeyId": .string(name),
            "ClientRequestToken": .string(version("2")),
        ]
        #expect(vault.refusal(of: .updateSecret, update)?.code == Self.invalid)
        // Other regions and accounts are worlds of their own; an ARN names this one from anywhere.
        guard !name.hasPrefix("arn:") else { return }
        try vault.create("b", ["KmsKeyId": .string(name)], by: europe)
        try vault.create("b", ["KmsKeyId": .string(name)], by: .root(account: "111111111111"))
    }

    private static let invalid = "InvalidParameterException"

    static let unknown = [
        "alias/nobody", KeyRefusalTests.nowhere, keyARN(KeyRefusalTests.nowhere), "whatever",
        "arn:aws:kms:us-east-1:000000000000:alias/nobody",
    ]

    @Test func `Deleting the last key does not make unknown ones welcome again`() throws {
        try vault.bring(try vault.createKey(), to: .deleted)
        let create: JSONValue = [
            "Name": "a", "KmsKeyId": "alias/nobody",
            "ClientRequestToken": .string(version("1")),
        ]
        #expect(vault.refusal(of: .createSecret, create)?.code == Self.invalid)
    }

    @Test func `The AWS managed key alone makes nothing strict`() throws {
        _ = try vault.describeKey("alias/aws/secretsmanager")
        try vault.create("a", ["KmsKeyId": "alias/nobody"])
    }

    @Test func `What was taken as it is goes on when a key is made`() throws {
        try vault.create("a", ["KmsKeyId": "alias/nobody"])
        try vault.createKey()
        #expect(try vault.value(of: "a") == "first")
        try vault.put("second", on: "a", token: version("2"))
        #expect(try vault.value(of: "a") == "second")
    }

    // MARK: The AWS managed key

    @Test func `The AWS managed key is the default, by whatever name`() throws {
        let key = try vault.describeKey("alias/aws/secretsmanager")
        let names = [
            "alias/aws/secretsmanager", key["KeyId"]?.string ?? "", key["Arn"]?.string ?? "",
            "arn:aws:kms:us-east-1:000000000000:alias/aws/secretsmanager",
        ]
        for (number, name) in names.enumerated() {
            let arn = try vault.create("\(number)", ["KmsKeyId": .string(name)])
            #expect(
                try vault.describe("\(number)")["KmsKeyId"]?.string == "alias/aws/secretsmanager"
            )
            #expect(try keys(of: "\(number)") == ["DefaultEncryptionKey"])
            #expect(
                vault.refusal(
                    of: .getSecretValue,
                    ["SecretId": .string(arn)],
                    by: .root(account: "111111111111")
                ) == .defaultKeyAcrossAccounts
            )
        }
    }

    @Test func `Another account's AWS managed key is not for us`() throws {
        let stranger = Caller.root(account: "111111111111")
        let arn = try vault.describeKey("alias/aws/secretsmanager", by: stranger)["Arn"]
        let create: JSONValue = [
            "Name": "a", "KmsKeyId": arn ?? .null, "ClientRequestToken": .string(version("1")),
        ]
        #expect(vault.refusal(of: .createSecret, create) == .noAccessToKMS)
    }

    // MARK: Keys of others

    @Test func `Another account's key serves by its ARN`() throws {
        let stranger = Caller.root(account: "111111111111")
        let keyID = try vault.createKey(by: stranger)
        let arn = "arn:aws:kms:us-east-1:111111111111:key/\(keyID)"
        try vault.create("a", ["KmsKeyId": .string(arn)])
        #expect(try vault.value(of: "a") == "first")
        try vault.bring(keyID, to: .disabled, by: stranger)
        #expect(
            vault.refusal(of: .getSecretValue, ["SecretId": "a"])?.code == "DecryptionFailure"
        )
    }

    @Test func `A key of another region is unknown`() throws {
        let arn = keyARN(try vault.createKey(by: europe), region: "eu-west-1")
        let create: JSONValue = [
            "Name": "a", "KmsKeyId": .string(arn), "ClientRequestToken": .string(version("1")),
        ]
        #expect(vault.refusal(of: .createSecret, create)?.code == Self.invalid)
    }

    // MARK: Replicas

    /// Status and message of the one replica.
    private func replica(of secretID: String) throws -> [String?] {
        let status = try vault.describe(secretID)["ReplicationStatus"]?[0]
        return [status?["Status"]?.string, status?["StatusMessage"]?.string]
    }

    @Test func `A replica is under a key of its own region`() throws {
        let keyID = try vault.createKey(alias: "alias/app", by: europe)
        try vault.create("a")
        try vault.call(
            .replicateSecretToRegions,
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": "alias/app"]],
            ]
        )
        #expect(try replica(of: "a") == ["InSync", "Replication succeeded"])
        let read: JSONValue = ["SecretId": "a"]
        #expect(vault.refusal(of: .getSecretValue, read, by: europe) == nil)
        try vault.bring(keyID, to: .disabled, by: europe)
        #expect(vault.refusal(of: .getSecretValue, read, by: europe)?.code == "DecryptionFailure")
        #expect(try vault.value(of: "a") == "first")
    }

    @Test func `A replica whose key fails falls behind, and catches up`() throws {
        let keyID = try vault.createKey(by: europe)
        try vault.create("a")
        try vault.call(
            .replicateSecretToRegions,
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": .string(keyID)]],
            ]
        )
        try vault.bring(keyID, to: .disabled, by: europe)
        try vault.put("second", on: "a", token: version("2"))
        let reason = "Replication failed: \(keyARN(keyID, region: "eu-west-1")) is disabled. "
        #expect(try replica(of: "a")[0] == "Failed")
        #expect(try replica(of: "a")[1]?.hasPrefix(reason) == true)
        try vault.kms(.enableKey, ["KeyId": .string(keyID)], by: europe)
        let read: JSONValue = ["SecretId": "a"]
        #expect(try vault.call(.getSecretValue, read, by: europe)["SecretString"] == "first")
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "d"])
        #expect(try replica(of: "a") == ["InSync", "Replication succeeded"])
        #expect(try vault.call(.getSecretValue, read, by: europe)["SecretString"] == "second")
    }

    @Test func `A replica that could not be made under a key is made when asked again`() throws {
        try vault.createKey(by: europe)
        try vault.create("a")
        var regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": "alias/nobody"]]
        let members: (JSONValue) -> JSONValue = { ["SecretId": "a", "AddReplicaRegions": $0] }
        try vault.call(.replicateSecretToRegions, members(regions))
        #expect(try replica(of: "a").first == "Failed")
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"], by: europe) == .unknownSecret)
        let keyID = try vault.createKey(by: europe)
        try vault.bring(keyID, to: .disabled, by: europe)
        regions = [["Region": "eu-west-1", "KmsKeyId": .string(keyID)]]
        try vault.call(.replicateSecretToRegions, members(regions))
        #expect(try replica(of: "a").first == "Failed")
        try vault.kms(.enableKey, ["KeyId": .string(keyID)], by: europe)
        try vault.call(.replicateSecretToRegions, members(regions))
        #expect(try replica(of: "a") == ["InSync", "Replication succeeded"])
    }
}
