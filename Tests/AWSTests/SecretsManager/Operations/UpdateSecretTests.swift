import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("UpdateSecret")
struct UpdateSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("with a value it makes a version, as a put without labels does")
    func value() throws {
        let arn = try vault.create("a", value: "one", token: version("1"))
        let answer = try vault.callRaw(
            .updateSecret,
            ["SecretId": "a", "SecretString": "two", "ClientRequestToken": "\(version("2"))"]
        )
        #expect(answer.names == ["ARN", "Name", "VersionId"])
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["VersionId"] == "\(version("2"))")
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSPREVIOUS"], version("2"): ["AWSCURRENT"]]
        )
    }

    @Test("a value that equals the current one makes a version all the same")
    func sameValue() throws {
        try vault.create("a", value: "one")
        try vault.call(.updateSecret, ["SecretId": "a", "SecretString": "one"])
        #expect(try vault.allVersions(of: "a").count == 2)
    }

    @Test("with a value it takes AWSPENDING off, also from a third version")
    func pending() throws {
        try vault.create("a", token: version("1"))
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING", "x"])
        try vault.call(.updateSecret, ["SecretId": "a", "SecretString": "three"])
        let labels = try vault.labels(of: "a")
        #expect(labels[version("1")] == ["AWSPREVIOUS"])
        #expect(labels[version("2")] == ["x"])
    }

    @Test("the first value of an empty secret is current")
    func empty() throws {
        try vault.create("a", value: nil)
        try vault.call(.updateSecret, ["SecretId": "a", "SecretBinary": "/w=="])
        #expect(try vault.call(.getSecretValue, ["SecretId": "a"])["SecretBinary"] == "/w==")
    }

    @Test("without a value it names no version and makes none")
    func metadata() throws {
        try vault.create("a", token: version("1"))
        let answer = try vault.call(.updateSecret, ["SecretId": "a", "Description": "new"])
        #expect(answer.names == ["ARN", "Name"])
        #expect(try vault.describe("a")["Description"] == "new")
        #expect(try vault.labels(of: "a") == [version("1"): ["AWSCURRENT"]])
    }

    @Test("without any change LastChangedDate moves forward all the same")
    func nothing() throws {
        try vault.create("a")
        try vault.call(.updateSecret, ["SecretId": "a"])
        #expect(try vault.lastChange(of: "a") == startOfTests + 1)
        try vault.call(.updateSecret, ["SecretId": "a"])
        #expect(try vault.lastChange(of: "a") == startOfTests + 2)
        vault.clock.advance(hours: 1)
        try vault.call(.updateSecret, ["SecretId": "a"])
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_000)
    }

    @Test("members that are left out stay as they are, and an empty description clears it")
    func description() throws {
        try vault.create(
            "a",
            ["Description": "old", "KmsKeyId": "alias/k", "Type": "SnowflakePat"]
        )
        try vault.call(.updateSecret, ["SecretId": "a", "Description": nil])
        #expect(try vault.describe("a")["Description"] == "old")
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "", "Type": "PaddleApiKey"])
        let secret = try vault.describe("a")
        #expect(secret["Description"] == nil)
        #expect(secret["KmsKeyId"] == "alias/k")
        #expect(secret["Type"] == "PaddleApiKey")
    }

    @Test("tags and the name cannot be changed by it")
    func otherMembers() throws {
        try vault.create("a")
        try vault.call(
            .updateSecret,
            ["SecretId": "a", "Name": "b", "Tags": [["Key": "k", "Value": "v"]]]
        )
        #expect(try vault.describe("a")["Name"] == "a")
        #expect(try vault.describe("a")["Tags"] == nil)
    }

    @Test("a retry with the same token and value is a success that changes nothing")
    func retry() throws {
        try vault.create("a", token: version("1"))
        let members: JSONValue = [
            "SecretId": "a", "SecretString": "two", "ClientRequestToken": "\(version("2"))",
        ]
        let first = try vault.callRaw(.updateSecret, members)
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        #expect(try vault.callRaw(.updateSecret, members) == first)
        #expect(try vault.describe("a") == before)
    }

    @Test("a late retry does not roll the secret back")
    func lateRetry() throws {
        try vault.create("a", token: version("1"))
        let members: JSONValue = [
            "SecretId": "a", "SecretString": "two", "ClientRequestToken": "\(version("2"))",
        ]
        try vault.callRaw(.updateSecret, members)
        try vault.put("three", on: "a", token: version("3"))
        #expect(try vault.callRaw(.updateSecret, members)["VersionId"] == "\(version("2"))")
        #expect(try vault.value(of: "a") == "three")
    }

    @Test("another value under a token that is taken is refused, and no other member is changed")
    func tokenInUse() throws {
        let arn = try vault.create("a", token: version("1"), ["Description": "old"])
        #expect(
            vault.refusal(
                of: .updateSecret,
                [
                    "SecretId": "a", "SecretString": "other", "Description": "new",
                    "KmsKeyId": "alias/k", "ClientRequestToken": "\(version("1"))",
                ]
            ) == .tokenInUse(version("1"), by: arn)
        )
        #expect(try vault.describe("a")["Description"] == "old")
        #expect(try vault.describe("a")["KmsKeyId"] == nil)
    }

    @Test("members that AWS refuses are refused in its words", arguments: refusedUpdates)
    func refusals(row: Refused) throws {
        try vault.create("a")
        let before = try vault.describe("a")
        let members = row.members(and: [
            "SecretId": "a", "ClientRequestToken": "\(version("2"))",
        ])
        #expect(vault.refusal(of: .updateSecret, members) == row.expected)
        #expect(try vault.describe("a") == before)
    }

    @Test("without a token the call is refused, also when it has no value")
    func noToken() throws {
        try vault.create("a")
        #expect(vault.refusal(of: .updateSecret, ["SecretId": "a"]) == .noToken)
        #expect(
            vault.refusal(of: .updateSecret, ["SecretId": "a", "SecretString": "x"]) == .noToken
        )
    }
}

@Suite("UpdateSecret and keys")
struct UpdateSecretKeyTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// KmsKeyIds by the last letter of the version id.
    private func keys(of secretID: String) throws -> [String: [String]] {
        var keys: [String: [String]] = [:]
        for version in try vault.allVersions(of: secretID) {
            guard let id = version["VersionId"]?.string else { continue }
            keys[String(id.suffix(1))] = version["KmsKeyIds"]?.strings
        }
        return keys
    }

    @Test("a key is echoed as it was given, and an empty one brings back the default")
    func echo() throws {
        try vault.create("a")
        #expect(try vault.describe("a")["KmsKeyId"] == nil)
        for key in ["alias/k", "arn:aws:kms:us-east-1:1:key/x", "alias/aws/secretsmanager"] {
            try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": "\(key)"])
            #expect(try vault.describe("a")["KmsKeyId"]?.string == key)
        }
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": ""])
        #expect(try vault.describe("a")["KmsKeyId"] == nil)
    }

    @Test("C20: a new key opens the versions in use too; the others keep the key they have")
    func reencryption() throws {
        try vault.create("a", value: "one", token: version("1"))
        try vault.put("two", on: "a", token: version("2"), stages: ["mine"])
        try vault.put("three", on: "a", token: version("3"))
        try vault.put("four", on: "a", token: version("4"))
        try vault.put("five", on: "a", token: version("5"), stages: ["AWSPENDING"])
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": "alias/k"])
        let own = ["DefaultEncryptionKey"]
        let both = own + ["alias/k"]
        #expect(
            try keys(of: "a")
                == ["1": own, "2": own, "3": both, "4": both, "5": both]
        )
        for (id, value) in [("1", "one"), ("2", "two"), ("3", "three"), ("4", "four")] {
            #expect(try vault.value(of: "a", version: version(id)) == value)
        }
    }

    @Test("a new key comes before the new value of the same call")
    func keyAndValue() throws {
        try vault.create("a", token: version("1"))
        try vault.callRaw(
            .updateSecret,
            [
                "SecretId": "a", "KmsKeyId": "alias/k", "SecretString": "two",
                "ClientRequestToken": "\(version("2"))",
            ]
        )
        #expect(
            try keys(of: "a") == ["1": ["DefaultEncryptionKey", "alias/k"], "2": ["alias/k"]]
        )
        #expect(try vault.value(of: "a") == "two")
    }

    @Test(
        "the AWS managed key has its name in lists however it was given",
        arguments: [
            "", "alias/aws/secretsmanager",
        ]
    )
    func managedKey(key: String) throws {
        try vault.create("a", token: version("1"), ["KmsKeyId": "\(key)"])
        #expect(try keys(of: "a") == ["1": ["DefaultEncryptionKey"]])
    }
}

private let refusedUpdates = [
    Refused(["SecretString": "a", "SecretBinary": "YQ=="], .bothValues),
    Refused(["SecretString": ""], .hidden("secretString", atLeast(1))),
    Refused(["SecretString": "\(long(65_537))"], .hidden("secretString", atMost(65_536))),
    Refused(["SecretBinary": ""], .hidden("secretBinary", atLeast(1))),
    Refused(
        ["Description": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "description", atMost(2_048))
    ),
    Refused(
        ["KmsKeyId": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "kmsKeyId", atMost(2_048))
    ),
    Refused(["Type": "\(long(257))"], .constraint("'\(long(257))'", "type", atMost(256))),
    Refused(
        ["ClientRequestToken": "\(long(65))"],
        .constraint("'\(long(65))'", "clientRequestToken", atMost(64))
    ),
]
