import AWS
import JSON
import TestSupport
import Testing

/// What CloudTrail holds of the calls to KMS that copy a value, put it under another key, or are
/// refused.
@Suite struct KeyCallTests {
    /// A call to KMS as the trail tells it, in a few words.
    struct Told: Equatable, CustomStringConvertible {
        let use: String
        /// The ARN of the key.
        let key: String
        /// Of the secret, and the version.
        let context: String
        var error: String?

        var description: String { "\(use) \(key) \(context) \(error ?? "")" }
    }

    /// The calls to KMS that the newest call of a name made.
    private func told(by name: String, in vault: ScratchVault) throws -> [Told] {
        try vault.write { _ in }
        let records =
            try vault.cloudTrail(.lookupEvents, ["MaxResults": 50])["Events"]?
            .elements?.map { event in
                try JSONParser.parse(Array((event["CloudTrailEvent"]?.string ?? "").utf8))
            } ?? []
        let position = try #require(records.firstIndex { $0["eventName"]?.string == name })
        let time = records[position]["eventTime"]
        return records.dropFirst(position + 1)
            .prefix { $0["eventSource"] == "kms.amazonaws.com" && $0["eventTime"] == time }
            .compactMap { record in
                guard let context = record["requestParameters"]?["encryptionContext"] else {
                    return nil
                }
                let secret = context["SecretARN"]?.string ?? ""
                return Told(
                    use: record["eventName"]?.string ?? "",
                    key: record["resources"]?[0]?["ARN"]?.string ?? "",
                    context: "\(secret) \(context["SecretVersionId"]?.string ?? "")",
                    error: record["errorCode"]?.string
                )
            }
    }

    private let validation = "RequestToValidateKeyAccess"

    @Test func `C52: a value is decrypted for its replica, and sealed there by another data key`()
        throws
    {
        let vault = try ScratchVault()
        let here = keyARN(try vault.createKey())
        let there = keyARN(try vault.createKey(by: europe), region: "eu-west-1")
        let arn = try vault.create("a", token: version("1"), ["KmsKeyId": .string(here)])
        let copy = arn.replacing("us-east-1", with: "eu-west-1")
        vault.clock.advance(milliseconds: 1_000)
        try vault.call(
            .replicateSecretToRegions,
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": .string(there)]],
            ]
        )
        #expect(
            try told(by: "ReplicateSecretToRegions", in: vault) == [
                Told(use: "Decrypt", key: here, context: "\(arn) \(version("1"))"),
                Told(use: "GenerateDataKey", key: there, context: "\(copy) \(version("1"))"),
            ]
        )
        vault.clock.advance(milliseconds: 1_000)
        try vault.put("two", on: "a", token: version("2"))
        #expect(
            try told(by: "PutSecretValue", in: vault) == [
                Told(use: "GenerateDataKey", key: here, context: "\(arn) \(version("2"))"),
                Told(use: "Decrypt", key: here, context: "\(arn) \(version("2"))"),
                Told(use: "GenerateDataKey", key: there, context: "\(copy) \(version("2"))"),
            ]
        )
    }

    @Test func `C52: a replica that KMS refuses leaves its refusal`() throws {
        let vault = try ScratchVault()
        let there = keyARN(try vault.createKey(by: europe), region: "eu-west-1")
        try vault.bring(there, to: .disabled, by: europe)
        let arn = try vault.create("a", token: version("1"))
        let copy = arn.replacing("us-east-1", with: "eu-west-1")
        vault.clock.advance(milliseconds: 1_000)
        try vault.call(
            .replicateSecretToRegions,
            [
                "SecretId": "a",
                "AddReplicaRegions": [["Region": "eu-west-1", "KmsKeyId": .string(there)]],
            ]
        )
        #expect(
            try told(by: "ReplicateSecretToRegions", in: vault) == [
                Told(
                    use: "GenerateDataKey",
                    key: there,
                    context: "\(copy) \(version("1"))",
                    error: "DisabledException"
                )
            ]
        )
    }

    @Test func `C52: another key encrypts the data keys of the versions in use`() throws {
        let vault = try ScratchVault()
        let old = keyARN(try vault.createKey())
        let new = keyARN(try vault.createKey(alias: "alias/new"))
        let arn = try vault.create("a", token: version("1"), ["KmsKeyId": .string(old)])
        vault.clock.advance(milliseconds: 1_000)
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": "alias/new"])
        #expect(
            try told(by: "UpdateSecret", in: vault) == [
                Told(use: "GenerateDataKey", key: new, context: "\(arn) \(validation)"),
                Told(use: "Decrypt", key: new, context: "\(arn) \(validation)"),
                Told(use: "Decrypt", key: old, context: "\(arn) \(version("1"))"),
                Told(use: "Encrypt", key: new, context: "\(arn) \(version("1"))"),
            ]
        )
    }

    @Test func `C52: what is not put under another key leaves the refusal, though the call passes`()
        throws
    {
        let world = try KeyWorld(.identity)
        let vault = world.vault
        let policies = [
            PolicyDraft.statement("Allow", "secretsmanager:*"),
            PolicyDraft.statement("Allow", "kms:*", on: world.goodKey),
        ]
        let user = try vault.user("changer", policies: policies)
        let arn = try vault.create("a", token: version("1"), ["KmsKeyId": .string(world.key)])
        vault.clock.advance(milliseconds: 1_000)
        let members: JSONValue = ["SecretId": "a", "KmsKeyId": .string(world.goodKey)]
        #expect(vault.refusal(of: .updateSecret, withToken(members, vault), by: user) == nil)
        #expect(
            try told(by: "UpdateSecret", in: vault).last
                == Told(
                    use: "Decrypt",
                    key: world.key,
                    context: "\(arn) \(version("1"))",
                    error: "AccessDenied"
                )
        )
    }

    private func withToken(_ members: JSONValue, _ vault: ScratchVault) -> JSONValue {
        var members = members
        members.set("ClientRequestToken", .string(vault.nextToken()))
        return members
    }

    @Test func `C52: a secret that is not made has the key call that was refused`() throws {
        let vault = try ScratchVault()
        let key = keyARN(try vault.createKey())
        try vault.bring(key, to: .disabled)
        let members: JSONValue = ["Name": "a", "SecretString": "x", "KmsKeyId": .string(key)]
        #expect(vault.refusal(of: .createSecret, withToken(members, vault)) != nil)
        let told = try #require(try self.told(by: "CreateSecret", in: vault).first)
        #expect(told.use == "GenerateDataKey")
        #expect(told.key == key)
        #expect(told.error == "DisabledException")
        #expect(told.context.hasSuffix(validation))
        #expect(told.context.contains("arn:aws:secretsmanager:us-east-1:000000000000:secret:a-"))
        let record = try vault.record(of: "GenerateDataKey")
        #expect(record["errorMessage"]?.string == "\(key) is disabled.")
    }

    @Test(arguments: [SecretsManagerAction.putSecretValue, .updateSecret])
    func `C52: a value that is not sealed has it too, and the id of the request that is quoted`(
        action: SecretsManagerAction
    ) throws {
        let vault = try ScratchVault()
        let key = keyARN(try vault.createKey())
        let arn = try vault.create("a", ["KmsKeyId": .string(key)])
        try vault.bring(key, to: .disabled)
        let members: JSONValue = [
            "SecretId": "a", "SecretString": "two", "ClientRequestToken": .string(version("2")),
        ]
        let refusal = try #require(vault.refusal(of: action, members))
        #expect(refusal.code == "EncryptionFailure")
        #expect(
            try told(by: action.rawValue, in: vault) == [
                Told(
                    use: "GenerateDataKey",
                    key: key,
                    context: "\(arn) \(version("2"))",
                    error: "DisabledException"
                )
            ]
        )
        let id = try vault.record(of: "GenerateDataKey")["requestID"]?.string ?? "?"
        #expect(refusal.text?.contains("Request ID: \(id);") == true)
    }

    @Test func `C52: a retry under a key that is refused tells of the Decrypt`() throws {
        let vault = try ScratchVault()
        let key = keyARN(try vault.createKey())
        try vault.create("a", token: version("1"), ["KmsKeyId": .string(key)])
        try vault.bring(key, to: .disabled)
        #expect(throws: (any Error).self) { try vault.put("first", on: "a", token: version("1")) }
        let told = try told(by: "PutSecretValue", in: vault)
        #expect(told.map(\.use) == ["Decrypt"])
        #expect(told.map(\.error) == ["DisabledException"])
    }

    @Test func `C52: no value and no data key is in what is kept of the calls`() throws {
        let vault = try ScratchVault()
        let key = keyARN(try vault.createKey())
        try vault.create("a", value: "hush-hush", ["KmsKeyId": .string(key)])
        let kept = try vault.auditRecords().compactMap(\.madeCalls)
        #expect(!kept.isEmpty)
        #expect(kept.allSatisfy { !$0.contains("hush") })
    }
}
