import AWS
import JSON
import TestSupport
import Testing

/// How members of requests were recorded to be judged, each by its number in docs/compatibility.md.
@Suite struct RecordedMemberTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `C27: a batch has both lists, in no order that follows from the request`() throws {
        let names = (1...9).map { "n\($0)" }
        for name in names { try vault.create(name) }
        let ids = names + ["gone1", "gone2"]
        let answer = try vault.call(
            .batchGetSecretValue,
            ["SecretIdList": .array(ids.map(JSONValue.string))]
        )
        let found = answer["SecretValues"]?.elements?.compactMap { $0["Name"]?.string } ?? []
        #expect(found.sorted() == names)
        #expect(found != names)
        let missing = answer["Errors"]?.elements?.compactMap { $0["SecretId"]?.string } ?? []
        #expect(missing.sorted() == ["gone1", "gone2"])
        let none = try vault.call(.batchGetSecretValue, ["SecretIdList": ["gone1"]])
        #expect(none["SecretValues"]?.text == "[]")
        let all = try vault.call(.batchGetSecretValue, ["SecretIdList": ["n1"]])
        #expect(all["Errors"]?.text == "[]")
    }

    @Test func `C28: an empty text that breaks a length and a pattern is told twice`() throws {
        try vault.create("a")
        let refusal = vault.refusal(
            of: .putSecretValue,
            [
                "SecretId": "a", "SecretString": "v", "RotationToken": "",
                "ClientRequestToken": .string(version("2")),
            ]
        )
        #expect(
            refusal
                == .constraints(
                    "Value at 'rotationToken' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: ^[a-zA-Z0-9\\-]+$",
                    "Value at 'rotationToken' failed to satisfy constraint: Member must have length"
                        + " greater than or equal to 36"
                )
        )
    }

    @Test func `C28: an integer saturates at 32 bits, and a long at 64`() throws {
        let huge = try JSONParser.parse(Array("1e30".utf8))
        #expect(
            vault.refusal(of: .listSecrets, ["MaxResults": huge])?.text?
                .contains("Value '2147483647' at 'maxResults'") == true
        )
        #expect(
            vault.refusal(of: .listSecrets, ["MaxResults": 2_147_483_648])?.text?
                .contains("Value '2147483647' at 'maxResults'") == true
        )
        #expect(
            vault.refusal(of: .getRandomPassword, ["PasswordLength": huge])?.text?
                .contains("Value '9223372036854775807' at 'passwordLength'") == true
        )
    }

    @Test(
        arguments: [
            (.getRandomPassword, ["PasswordLength": "x"]),
            (.deleteSecret, ["SecretId": "a", "RecoveryWindowInDays": "x"]),
            (
                .rotateSecret,
                ["SecretId": "a", "RotationRules": ["AutomaticallyAfterDays": "x"]]
            ),
        ] as [(SecretsManagerAction, JSONValue)]
    )
    func `C28: what is no long says so`(action: SecretsManagerAction, members: JSONValue) {
        let refused = Refusal.wrongType("STRING_VALUE can not be converted to a Long")
        #expect(vault.refusal(of: action, members) == refused)
    }

    @Test func `C28: what is no integer says so`() {
        let refused = Refusal.wrongType("STRING_VALUE can not be converted to an Integer")
        #expect(vault.refusal(of: .listSecrets, ["MaxResults": "x"]) == refused)
    }

    @Test(arguments: ["YQ", "YQ=", "YWI", "Y", "YWJjZA"])
    func `C28: base64 whose length is no multiple of four is refused`(text: String) {
        let refusal = vault.refusal(
            of: .createSecret,
            [
                "Name": "b", "SecretBinary": .string(text),
                "ClientRequestToken": .string(version("1")),
            ]
        )
        #expect(refusal?.code == "SerializationException")
    }

    @Test func `C29: a tag without a key, a filter and a region are missed by the service`() throws
    {
        try vault.create("a")
        let calls: [(SecretsManagerAction, JSONValue, String)] = [
            (.tagResource, ["SecretId": "a", "Tags": [["Value": "v"]]], "key for each tag"),
            (.listSecrets, ["Filters": [["Values": ["v"]]]], "key for each filter"),
            (.batchGetSecretValue, ["Filters": [["Values": ["v"]]]], "key for each filter"),
            (
                .replicateSecretToRegions,
                ["SecretId": "a", "AddReplicaRegions": [["KmsKeyId": "k"]]],
                "region for each replica"
            ),
        ]
        for (action, members, words) in calls {
            let refusal = vault.refusal(of: action, members)
            #expect(refusal?.code == "InvalidParameterException")
            #expect(refusal?.text == "You must provide a \(words).")
        }
    }
}
