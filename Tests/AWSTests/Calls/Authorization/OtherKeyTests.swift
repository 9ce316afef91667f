import AWS
import JSON
import TestSupport
import Testing

/// A secret that has left one key for another, and a caller who may use the other alone.
@Suite("A value is read by whoever may use the key that it is under")
struct OtherKeyTests {
    private let vault: ScratchVault
    private let formerKey: String
    private let key: String
    /// May use the new key and not the former.
    private let caller: Caller

    init() throws {
        vault = try ScratchVault(authorization: .enforce)
        formerKey = keyARN(try vault.createKey())
        key = keyARN(try vault.createKey())
        caller = try vault.user(
            "u",
            policies: [
                PolicyDraft.statement("Allow", "secretsmanager:*", "lambda:*"),
                PolicyDraft.statement("Allow", "kms:*", on: key),
            ]
        )
        try vault.create("a", token: version("1"), ["KmsKeyId": .string(formerKey)])
    }

    private func read(_ others: JSONValue = [:]) -> Refusal? {
        var members = others
        members.set("SecretId", "a")
        return vault.refusal(of: .getSecretValue, members, by: caller)
    }

    private func update(by caller: Caller) throws {
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": .string(key)], by: caller)
    }

    /// The keys of each version.
    private func keys() throws -> [[String]] { try vault.keysOfVersions(of: "a") }

    @Test("who may not decrypt a value does not get it under a new key by UpdateSecret")
    func update() throws {
        try update(by: caller)
        #expect(try vault.describe("a")["KmsKeyId"]?.string == key)
        #expect(try keys() == [[formerKey]])
        #expect(read() == .noAccessToKMS)
        #expect(try vault.value(of: "a") == "first")
        let answer = try vault.call(.batchGetSecretValue, ["SecretIdList": ["a"]], by: caller)
        #expect(answer["SecretValues"] == [])
        #expect(answer["Errors"]?[0]?["ErrorCode"] == "AccessDeniedException")
        let put: JSONValue = ["SecretId": "a", "SecretString": "second"]
        try vault.call(.putSecretValue, put, by: caller)
        #expect(read() == nil)
        #expect(read(["VersionStage": "AWSPREVIOUS"]) == .noAccessToKMS)
    }

    @Test("who may decrypt it moves it, and then the new key is enough")
    func moved() throws {
        try update(by: .root())
        #expect(try keys() == [[formerKey, key]])
        #expect(read() == nil)
    }

    @Test("a version that stayed under the former key stays closed")
    func deprecated() throws {
        for (number, value) in ["second", "third"].enumerated() {
            try vault.put(value, on: "a", token: version("\(number + 2)"))
        }
        try update(by: .root())
        #expect(read() == nil)
        #expect(read(["VersionId": .string(version("2"))]) == nil)
        #expect(read(["VersionId": .string(version("1"))]) == .noAccessToKMS)
        #expect(try vault.value(of: "a", version: version("1")) == "first")
        let members: JSONValue = [
            "SecretId": "a", "VersionStage": "AWSCURRENT",
            "MoveToVersionId": .string(version("1")),
            "RemoveFromVersionId": .string(version("3")),
        ]
        try vault.call(.updateSecretVersionStage, members, by: caller)
        #expect(read() == .noAccessToKMS)
    }

    @Test("an alias that moves leaves what is under the former key closed")
    func alias() throws {
        let members: (String) -> JSONValue = {
            ["AliasName": "alias/app", "TargetKeyId": .string($0)]
        }
        try vault.kms(.createAlias, members(formerKey))
        try vault.create("b", ["KmsKeyId": "alias/app"])
        try vault.kms(.updateAlias, members(key))
        let read: JSONValue = ["SecretId": "b"]
        #expect(vault.refusal(of: .getSecretValue, read, by: caller) == .noAccessToKMS)
        let put: JSONValue = ["SecretId": "b", "SecretString": "second"]
        try vault.call(.putSecretValue, put, by: caller)
        #expect(vault.refusal(of: .getSecretValue, read, by: caller) == nil)
    }

    @Test("the copy that the test of a rotation begins with is a read too")
    func testOfRotation() throws {
        try update(by: caller)
        var members: JSONValue = [
            "SecretId": "a", "RotationLambdaARN": .string(ScratchVault.function),
            "RotateImmediately": false, "ClientRequestToken": .string(version("9")),
        ]
        #expect(vault.refusal(of: .rotateSecret, members, by: caller) == .noAccessToKMS)
        #expect(try vault.describe("a")["RotationEnabled"] == nil)
        try vault.put("second", on: "a", token: version("2"))
        #expect(vault.refusal(of: .rotateSecret, members, by: caller) == nil)
        members.set("SecretId", "b")
        try vault.create("b", ["KmsKeyId": .string(formerKey)])
        // Under the one key that it was under it is no easier to read than before.
        #expect(vault.refusal(of: .rotateSecret, members, by: caller) == nil)
    }

    @Test("a replica needs the keys of all values, and its own alone afterwards")
    func replica() throws {
        try update(by: caller)
        try vault.replicateAs(caller)
        #expect(try vault.replication(of: "a").first?.contains(" Failed ") == true)
        try vault.replicateAs(.root())
        #expect(try vault.replication(of: "a") == ["eu-west-1 InSync Replication succeeded"])
    }
}

extension ScratchVault {
    fileprivate func replicateAs(_ caller: Caller) throws {
        let regions: JSONValue = [["Region": "eu-west-1"]]
        let members: JSONValue = ["SecretId": "a", "AddReplicaRegions": regions]
        try call(.replicateSecretToRegions, members, by: caller)
    }
}
