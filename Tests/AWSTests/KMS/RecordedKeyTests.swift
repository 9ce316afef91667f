import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What AWS was recorded to do with the KMS keys of secrets, each by its number in
/// docs/compatibility.md; the table of `KeyTableTests` has the rest.
@Suite struct RecordedKeyTests {
    private static let home = "arn:aws:kms:us-east-1:000000000000"
    private static let nowhere = "0f0f0f0f-0000-4000-8000-000000000000"

    private static func invalid(_ answer: String, _ code: String = "NotFoundException") -> String {
        "InvalidParameterException: The operation failed because of an invalid KMS key: \(answer)"
            + " (Service: AWSKMS; Status Code: 400; Error Code: \(code); Request ID: ID;"
            + " Proxy: null)"
    }

    static let unknown: [(String, String)] = [
        (nowhere, invalid("Key '\(home):key/\(nowhere)' does not exist")),
        ("\(home):key/\(nowhere)", invalid("Key '\(home):key/\(nowhere)' does not exist")),
        ("alias/none", invalid("Alias \(home):alias/none is not found.")),
        ("\(home):alias/none", invalid("Alias \(home):alias/none is not found.")),
        ("no-key-id", invalid("Invalid keyId 'no-key-id'")),
        (
            "arn:aws:kms:eu-west-1:000000000000:key/\(nowhere)",
            invalid("Invalid arn eu-west-1")
        ),
        ("arn:aws:s3:::bucket", invalid("Invalid arn arn:aws:s3:::bucket", "InvalidArnException")),
    ]

    @Test(arguments: unknown, [nil, "x"])
    func `C16: a key that KMS does not know is quoted, with a value or without`(
        row: (key: String, expected: String),
        value: String?
    ) throws {
        let world = try KeyWorld(.enabled, .off)
        try world.vault.create("a")
        let before = try world.vault.describe("a")
        var members: JSONValue = ["KmsKeyId": .string(row.key)]
        if let value { members.set("SecretString", .string(value)) }
        members.set("Name", "b")
        #expect(try world.outcome(.createSecret, members) == row.expected)
        #expect(world.vault.refusal(of: .describeSecret, ["SecretId": "b"]) == .unknownSecret)
        members.set("SecretId", "a")
        #expect(try world.outcome(.updateSecret, members) == row.expected)
        #expect(try world.vault.describe("a") == before)
    }

    @Test func `C16: each quotation has a request id of its own`() throws {
        let world = try KeyWorld(.enabled, .off)
        let texts = (1...3).map { number in
            world.vault.refusal(
                of: .createSecret,
                [
                    "Name": "a", "KmsKeyId": "alias/none",
                    "ClientRequestToken": .string(version("\(number)")),
                ]
            )?.text
        }
        #expect(Set(texts).count == 3)
    }

    @Test func `C16: what a replica is to be under is told in its status`() throws {
        let world = try KeyWorld(.enabled, keyIn: "eu-west-1", .off)
        try world.vault.create("a")
        let regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": "alias/none"]]
        let members: JSONValue = ["SecretId": "a", "AddReplicaRegions": regions]
        #expect(try world.outcome(.replicateSecretToRegions, members) == "ok")
        #expect(
            try world.replica(of: "a")
                == "Failed: Replication failed: Alias"
                + " arn:aws:kms:eu-west-1:000000000000:alias/none is not found. (Service: AWSKMS;"
                + " Status Code: 400; Error Code: NotFoundException; Request ID: ID; Proxy: null)"
        )
    }

    // MARK: Which permission

    /// A caller who may do everything to secrets, and these things with a key.
    private func caller(_ vault: ScratchVault, _ uses: [(String, String)]) throws -> Caller {
        try vault.user(
            "v",
            policies: [PolicyDraft.statement("Allow", "secretsmanager:*")]
                + uses.map { PolicyDraft.statement("Allow", $0.0, on: $0.1) }
        )
    }

    @Test(arguments: ["kms:GenerateDataKey", "kms:Decrypt"])
    func `C18, C95: a named key must be the caller's to use, without a value too`(
        lacking: String
    ) throws {
        let world = try KeyWorld(.enabled)
        try world.vault.create("a", ["KmsKeyId": .string(world.goodKey)])
        let uses = ["kms:GenerateDataKey", "kms:Decrypt", "kms:Encrypt"]
            .filter { $0 != lacking }.map { ($0, world.key) }
        let caller = try caller(world.vault, uses + [("kms:*", world.goodKey)])
        let before = try world.vault.describe("a")
        let keys = try world.vault.keysOfVersions(of: "a")
        var members: JSONValue = [
            "KmsKeyId": .string(world.key), "ClientRequestToken": .string(version("9")),
        ]
        members.set("SecretId", "a")
        #expect(world.vault.refusal(of: .updateSecret, members, by: caller) == .noAccessToKMS)
        #expect(try world.vault.describe("a") == before)
        #expect(try world.vault.keysOfVersions(of: "a") == keys)
        members.set("Name", "b")
        #expect(world.vault.refusal(of: .createSecret, members, by: caller) == .noAccessToKMS)
    }

    @Test(arguments: ["RequestToValidateKeyAccess", "another"])
    func `C18: that is asked in an encryption context of its own`(allowed: String) throws {
        let world = try KeyWorld(.enabled)
        let caller = try world.vault.user(
            "v",
            policies: [
                PolicyDraft.statement("Allow", "secretsmanager:*"),
                PolicyDraft.statement(
                    "Allow",
                    "kms:*",
                    on: world.key,
                    if: """
                        {"StringEquals":{"kms:EncryptionContext:SecretVersionId":"\(allowed)"}}
                        """
                ),
            ]
        )
        let members: JSONValue = [
            "Name": "b", "KmsKeyId": .string(world.key),
            "ClientRequestToken": .string(version("9")),
        ]
        #expect(
            world.vault.refusal(of: .createSecret, members, by: caller)
                == (allowed == "another" ? .noAccessToKMS : nil)
        )
    }

    @Test func `C19: a new version needs kms:GenerateDataKey, and the same again kms:Decrypt`()
        throws
    {
        let vault = try ScratchVault(authorization: .enforce)
        let key = try vault.makeSharedKey()
        try vault.create("a", ["KmsKeyId": .string(key)])
        let writer = try caller(vault, [("kms:GenerateDataKey", key)])
        let reader = try vault.user(
            "reader",
            policies: [
                PolicyDraft.statement("Allow", "secretsmanager:*"),
                PolicyDraft.statement("Allow", "kms:Decrypt", on: key),
            ]
        )
        for action in [SecretsManagerAction.putSecretValue, .updateSecret] {
            let members: JSONValue = [
                "SecretId": "a", "SecretString": "x",
                "ClientRequestToken": .string(vault.nextToken()),
            ]
            #expect(vault.refusal(of: action, members, by: reader) == .noAccessToKMS)
            #expect(vault.refusal(of: action, members, by: writer) == nil)
            #expect(vault.refusal(of: action, members, by: writer) == .noAccessToKMS)
            #expect(vault.refusal(of: action, members, by: reader) == nil)
        }
    }

    // MARK: Versions under both keys

    /// A secret with a deprecated, a previous, a current and a pending version that has left its key.
    private func moved(_ trouble: KeyTrouble = .enabled) throws -> KeyWorld {
        let world = try KeyWorld(trouble)
        let vault = world.vault
        try vault.create("a", value: "1", token: version("1"), ["KmsKeyId": .string(world.key)])
        try vault.put("2", on: "a", token: version("2"))
        try vault.put("3", on: "a", token: version("3"))
        try vault.put("4", on: "a", token: version("4"), stages: ["AWSPENDING"])
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": .string(world.goodKey)])
        return world
    }

    private func read(_ world: KeyWorld, _ number: Int, by caller: Caller = .root()) -> Refusal? {
        world.vault.refusal(
            of: .getSecretValue,
            ["SecretId": "a", "VersionId": .string(version("\(number)"))],
            by: caller
        )
    }

    @Test func `C20: the versions in use are under both keys, oldest first, and no other`() throws {
        let world = try moved()
        let both = [world.key, world.goodKey]
        #expect(try world.vault.keysOfVersions(of: "a") == [[world.key], both, both, both])
        try world.vault.put("5", on: "a", token: version("5"))
        #expect(try world.vault.keysOfVersions(of: "a").last == [world.goodKey])
        try world.vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": ""])
        #expect(
            try world.vault.keysOfVersions(of: "a")
                == [
                    [world.key], both, both + ["DefaultEncryptionKey"], both,
                    [world.goodKey, "DefaultEncryptionKey"],
                ]
        )
    }

    @Test(arguments: [KeyState.disabled, .pendingDeletion, .deleted])
    func `C20: either key opens them, whatever becomes of the other`(state: KeyState) throws {
        for (broken, isOld) in [(\KeyWorld.key, true), (\KeyWorld.goodKey, false)] {
            let world = try moved()
            for _ in 1...2 { for number in 1...4 { #expect(read(world, number) == nil) } }
            try world.vault.bring(world[keyPath: broken], to: state)
            for _ in 1...2 {
                for number in 2...4 { #expect(read(world, number) == nil) }
                #expect((read(world, 1) == nil) == !isOld)
            }
        }
    }

    @Test func `C20: whoever may use one of its keys reads a version`() throws {
        let world = try moved()
        let old = try caller(world.vault, [("kms:Decrypt", world.key)])
        let new = try world.vault.user(
            "new",
            policies: [
                PolicyDraft.statement("Allow", "secretsmanager:*"),
                PolicyDraft.statement("Allow", "kms:Decrypt", on: world.goodKey),
            ]
        )
        for number in 2...4 {
            #expect(read(world, number, by: old) == nil)
            #expect(read(world, number, by: new) == nil)
        }
        #expect(read(world, 1, by: old) == nil)
        #expect(read(world, 1, by: new) == .noAccessToKMS)
        // One key is disabled, and the other not theirs.
        try world.vault.bring(world.key, to: .disabled)
        #expect(read(world, 3, by: old)?.code == "DecryptionFailure")
        #expect(read(world, 3, by: new) == nil)
    }

    @Test(arguments: ["kms:Decrypt", "kms:Encrypt"])
    func `C20: where one permission is missing the key changes and the versions keep theirs`(
        lacking: String
    ) throws {
        let world = try KeyWorld(.enabled)
        try world.vault.create("a", token: version("1"), ["KmsKeyId": .string(world.key)])
        let uses = [
            ("kms:Decrypt", world.key), ("kms:GenerateDataKey", world.goodKey),
            ("kms:Decrypt", world.goodKey), ("kms:Encrypt", world.goodKey),
        ]
        let missing = lacking == "kms:Decrypt" ? world.key : world.goodKey
        let caller = try caller(
            world.vault,
            uses.filter { !($0.0 == lacking && $0.1 == missing) }
        )
        let members: JSONValue = ["SecretId": "a", "KmsKeyId": .string(world.goodKey)]
        try world.vault.call(.updateSecret, members, by: caller)
        #expect(try world.vault.describe("a")["KmsKeyId"]?.string == world.goodKey)
        #expect(try world.vault.keysOfVersions(of: "a") == [[world.key]])
        try world.vault.call(.putSecretValue, ["SecretId": "a", "SecretString": "2"], by: caller)
        #expect(try world.vault.keysOfVersions(of: "a") == [[world.key], [world.goodKey]])
    }

    @Test func `C20: what both keys opened is lost with the second of them`() throws {
        let world = try moved()
        try world.vault.bring(world.key, to: .deleted)
        try world.vault.bring(world.goodKey, to: .deleted)
        #expect(
            try world.named(read(world, 3)?.text)
                == "Secrets Manager can't decrypt the secret value: Key 'KEY' does not exist"
                + " (Service: AWSKMS; Status Code: 400; Error Code: NotFoundException;"
                + " Request ID: ID; Proxy: null)"
        )
    }

    @Test func `C21: a batch has the secret whose key is refused among its errors`() throws {
        let world = try KeyWorld(.identity)
        try world.vault.create("a", ["KmsKeyId": .string(world.key)])
        try world.vault.create("b")
        let answer = try world.vault.call(
            .batchGetSecretValue,
            ["SecretIdList": ["a", "b"]],
            by: world.caller
        )
        #expect(answer["SecretValues"]?.elements?.map { $0["Name"] } == ["b"])
        #expect(
            answer["Errors"] == [
                [
                    "ErrorCode": "AccessDeniedException", "Message": "Access to KMS is not allowed",
                    "SecretId": "a",
                ]
            ]
        )
    }

    // MARK: Replicas

    @Test func `C22: a replica stays behind until somebody comes who has the permission`() throws {
        let world = try KeyWorld(.identity, keyIn: "eu-west-1")
        let vault = world.vault
        try vault.create("a", ["KmsKeyId": .string(world.goodKey)])
        let regions: JSONValue = [["Region": "eu-west-1", "KmsKeyId": .string(world.key)]]
        try vault.call(.replicateSecretToRegions, ["SecretId": "a", "AddReplicaRegions": regions])
        func copy() throws -> JSONValue? {
            try vault.call(.getSecretValue, ["SecretId": "a"], by: europe)["SecretString"]
        }
        let put: JSONValue = ["SecretId": "a", "SecretString": "second"]
        try vault.call(.putSecretValue, put, by: world.caller)
        #expect(try vault.value(of: "a") == "second")
        #expect(try copy() == "first")
        #expect(try world.replica(of: "a") == "InProgress")
        // What copies no value does not help, and does not fail.
        let tags: JSONValue = ["SecretId": "a", "Tags": [["Key": "k", "Value": "v"]]]
        try vault.call(.tagResource, tags, by: world.caller)
        #expect(try world.replica(of: "a") == "InProgress")
        #expect(try copy() == "first")
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "d"])
        #expect(try copy() == "second")
        #expect(try world.replica(of: "a") == "InSync: Replication succeeded")
    }

    @Test func `C32: the versions of a replica are as old as their copies and their labels`()
        throws
    {
        let vault = try ScratchVault()
        try vault.create("a", token: version("1"))
        vault.clock.advance(hours: 1)
        try vault.replicate("a", to: "eu-west-1")
        func created(_ number: String) throws -> Int64? {
            let members: JSONValue = ["SecretId": "a", "VersionId": .string(version(number))]
            let answer = try vault.call(.getSecretValue, members, by: europe)
            return answer["CreatedDate"]?.milliseconds.map { ($0 - startOfTests) / 3_600_000 }
        }
        #expect(try created("1") == 1)
        vault.clock.advance(hours: 1)
        try vault.put("second", on: "a", token: version("2"), stages: ["MINE"])
        #expect(try created("1") == 1)
        #expect(try created("2") == 2)
        vault.clock.advance(hours: 1)
        try vault.call(
            .updateSecretVersionStage,
            [
                "SecretId": "a", "VersionStage": "AWSCURRENT",
                "MoveToVersionId": .string(version("2")),
                "RemoveFromVersionId": .string(version("1")),
            ]
        )
        #expect(try created("1") == 3)
        #expect(try created("2") == 3)
        vault.clock.advance(hours: 1)
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "d"])
        #expect(try created("1") == 3)
        #expect(try vault.allVersions(of: "a")[0]["CreatedDate"]?.milliseconds == startOfTests)
    }

    // MARK: Keys of other accounts

    @Test(arguments: KeyOwner.allCases)
    func `C72: KMS does not tell the ARN of another account's key`(owner: KeyOwner) throws {
        let world = try KeyWorld(.identity, of: owner)
        let refusal = world.vault.refusal(
            ofKMS: .describeKey,
            ["KeyId": .string(world.key)],
            by: world.caller
        )
        let object = owner == .own ? "on resource: KEY" : "on this resource"
        #expect(
            try world.named(refusal?.description)
                == "AccessDeniedException: User: arn:aws:iam::000000000000:user/u is not"
                + " authorized to perform: kms:DescribeKey \(object) because no identity-based"
                + " policy allows the kms:DescribeKey action"
        )
    }
}
