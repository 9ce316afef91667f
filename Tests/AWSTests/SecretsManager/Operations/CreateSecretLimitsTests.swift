import AWS
import JSON
import TestSupport
import Testing

@Suite("CreateSecret: what it refuses")
struct CreateSecretLimitsTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test(
        "members out of the model's bounds are told in the framework's words",
        arguments: boundsRows
    )
    func bounds(row: Refused) {
        let members = row.members(and: ["ClientRequestToken": "\(version("a"))"])
        #expect(vault.refusal(of: .createSecret, members) == row.expected)
    }

    @Test("each bound itself is still allowed")
    func atTheBounds() throws {
        try vault.create(
            "a",
            value: long(65_536),
            token: long(64),
            [
                "Description": "\(long(2_048))", "KmsKeyId": "\(long(2_048))",
                "Tags": [["Key": "\(long(128))", "Value": "\(long(256))"]],
            ]
        )
        #expect(try vault.value(of: "a")?.utf8.count == 65_536)
        #expect(try vault.describe("a")["Description"]?.string?.count == 2_048)
    }

    @Test(
        "a value is measured in bytes, not in characters",
        arguments: [
            // Two, three and four bytes a character.
            ("é", 32_768), ("日", 21_845), ("😀", 16_384),
        ]
    )
    func bytes(character: String, count: Int) throws {
        let value = String(repeating: character, count: count)
        try vault.create("fits", value: value)
        #expect(try vault.value(of: "fits") == value)
        let tooLong: JSONValue = [
            "Name": "long", "SecretString": "\(value + character)",
            "ClientRequestToken": "\(version("a"))",
        ]
        #expect(
            vault.refusal(of: .createSecret, tooLong) == .hidden("secretString", atMost(65_536))
        )
    }

    @Test("a binary value is measured decoded")
    func binary() throws {
        // 65,536 bytes are 21,845 groups of three and one more byte.
        let fits = String(repeating: "AAAA", count: 21_845) + "AA=="
        try vault.call(.createSecret, ["Name": "fits", "SecretBinary": "\(fits)"])
        let answer = try vault.call(.getSecretValue, ["SecretId": "fits"])
        #expect(answer["SecretBinary"]?.string == fits)
        let tooLong: JSONValue = [
            "Name": "long", "ClientRequestToken": "\(version("a"))",
            "SecretBinary": "\(String(repeating: "AAAA", count: 21_845) + "AAA=")",
        ]
        #expect(
            vault.refusal(of: .createSecret, tooLong) == .hidden("secretBinary", atMost(65_536))
        )
    }

    @Test(
        "both kinds of value together, bad base64, reserved and double tag keys are refused",
        arguments: rulesRows
    )
    func rules(row: Refused) {
        let members = row.members(and: [
            "Name": "a", "ClientRequestToken": "\(version("a"))",
        ])
        #expect(vault.refusal(of: .createSecret, members) == row.expected)
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"]) == .unknownSecret)
    }

    @Test("fifty tags are allowed, and keys that differ in case are different")
    func fiftyTags() throws {
        try vault.create("a", ["Tags": .array(tags(50))])
        #expect(try vault.describe("a")["Tags"]?.elements?.count == 50)
        try vault.create("b", ["Tags": [["Key": "k"], ["Key": "K"], ["Key": "awsome:x"]]])
        #expect(try vault.describe("b")["Tags"]?.elements?.count == 3)
    }
}

private func tags(_ count: Int) -> [JSONValue] {
    (1...count).map { ["Key": "key\($0)", "Value": "v"] }
}

private let boundsRows = [
    Refused([:], .missing("name")),
    Refused(["Name": nil], .missing("name")),
    Refused(["Name": ""], .constraint("''", "name", atLeast(1))),
    Refused(
        ["Name": "\(long(513))"],
        .constraint("'\(long(513))'", "name", "have length less than or equal to 512")
    ),
    Refused(
        ["Name": "a", "ClientRequestToken": "short"],
        .constraint("'short'", "clientRequestToken", atLeast(32))
    ),
    Refused(
        ["Name": "a", "ClientRequestToken": "\(long(65))"],
        .constraint("'\(long(65))'", "clientRequestToken", atMost(64))
    ),
    Refused(
        ["Name": "a", "Description": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "description", atMost(2_048))
    ),
    Refused(
        ["Name": "a", "KmsKeyId": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "kmsKeyId", atMost(2_048))
    ),
    Refused(
        ["Name": "a", "Type": "\(long(257))"],
        .constraint("'\(long(257))'", "type", atMost(256))
    ),
    Refused(["Name": "a", "SecretString": ""], .hidden("secretString", atLeast(1))),
    Refused(["Name": "a", "SecretBinary": ""], .hidden("secretBinary", atLeast(1))),
    Refused(
        ["Name": "a", "SecretString": "\(long(65_537))"],
        .hidden("secretString", atMost(65_536))
    ),
    Refused(
        ["Name": "a", "Tags": [["Key": "k"], ["Value": "v"]]],
        .invalid("You must provide a key for each tag.")
    ),
    Refused(
        ["Name": "a", "Tags": [["Key": ""]]],
        .constraint("''", "tags.1.member.key", atLeast(1))
    ),
    Refused(
        ["Name": "a", "Tags": [["Key": "\(long(129))"]]],
        .constraint("'\(long(129))'", "tags.1.member.key", atMost(128))
    ),
    Refused(
        ["Name": "a", "Tags": [["Key": "k", "Value": "\(long(257))"]]],
        .constraint("'\(long(257))'", "tags.1.member.value", atMost(256))
    ),
]

private let rulesRows = [
    Refused(["SecretString": "a", "SecretBinary": "YQ=="], .bothValues),
    Refused(["Tags": [["Key": "aws:x", "Value": "v"]]], .reservedTagKey),
    Refused(["Tags": [["Key": "AwS:x"]]], .reservedTagKey),
    Refused(["Tags": [["Key": "k"], ["Key": "k"]]], .duplicateTagKey),
    Refused(["Tags": .array(tags(51))], .tooManyTags),
    Refused(
        ["SecretBinary": "no base64!"],
        .wrongType("The value can not be converted to a Blob: it is not valid base64")
    ),
]
