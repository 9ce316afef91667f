import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("PutSecretValue")
struct PutSecretValueTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("the answer names the new version and all the labels that it has then")
    func shape() throws {
        let arn = try vault.create("a", token: version("1"))
        let answer = try vault.put(
            "two",
            on: "a",
            token: version("2"),
            stages: ["z", "AWSCURRENT"]
        )
        #expect(answer.names == ["ARN", "Name", "VersionId", "VersionStages"])
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["VersionId"] == "\(version("2"))")
        #expect(answer["VersionStages"] == ["z", "AWSCURRENT"])
    }

    @Test("without labels AWSCURRENT moves to the new version and AWSPREVIOUS to the former one")
    func current() throws {
        try vault.create("a", value: "one", token: version("1"))
        try vault.put("two", on: "a", token: version("2"))
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSPREVIOUS"], version("2"): ["AWSCURRENT"]]
        )
        try vault.put("three", on: "a", token: version("3"))
        #expect(
            try vault.labels(of: "a")
                == [version("2"): ["AWSPREVIOUS"], version("3"): ["AWSCURRENT"]]
        )
        #expect(try vault.value(of: "a") == "three")
    }

    @Test("a value that equals the current one makes a version all the same")
    func sameValue() throws {
        try vault.create("a", value: "one", token: version("1"))
        try vault.put("one", on: "a", token: version("2"))
        #expect(try vault.labels(of: "a")[version("2")] == ["AWSCURRENT"])
    }

    @Test("labels of one's own leave AWSCURRENT where it is")
    func ownLabels() throws {
        try vault.create("a", value: "one", token: version("1"))
        let answer = try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        #expect(answer["VersionStages"] == ["AWSPENDING"])
        #expect(try vault.value(of: "a") == "one")
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSCURRENT"], version("2"): ["AWSPENDING"]]
        )
    }

    @Test(
        "the first version of an empty secret is the current one, whatever it is labelled",
        arguments: [
            (nil, ["AWSCURRENT"]),
            (["AWSPENDING"], ["AWSCURRENT", "AWSPENDING"]),
            (["x", "y"], ["x", "y", "AWSCURRENT"]),
            (["AWSCURRENT"], ["AWSCURRENT"]),
        ] as [([String]?, [String])]
    )
    func firstVersion(stages: [String]?, labels: [String]) throws {
        try vault.create("a", value: nil)
        try vault.put("one", on: "a", token: version("1"), stages: stages)
        #expect(try vault.labels(of: "a") == [version("1"): labels])
    }

    @Test("a put that moves AWSCURRENT takes AWSPENDING off, unless it names it")
    func pending() throws {
        try vault.create("a", token: version("1"))
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        try vault.put("three", on: "a", token: version("3"), stages: ["AWSCURRENT", "AWSPENDING"])
        #expect(try vault.labels(of: "a")[version("3")] == ["AWSCURRENT", "AWSPENDING"])
        try vault.put("four", on: "a", token: version("4"))
        #expect(
            try vault.labels(of: "a")
                == [version("3"): ["AWSPREVIOUS"], version("4"): ["AWSCURRENT"]]
        )
    }

    @Test("a label that AWS did not make may begin with AWS, and the same one may come twice")
    func freeLabels() throws {
        try vault.create("a", token: version("1"))
        let answer = try vault.put(
            "two",
            on: "a",
            token: version("2"),
            stages: ["AWSSOMETHING", "a b", "AWSSOMETHING", "ä"]
        )
        #expect(answer["VersionStages"] == ["a b", "ä", "AWSSOMETHING"])
    }

    @Test("a label has 256 characters at most")
    func longestLabel() throws {
        try vault.create("a", token: version("1"))
        let answer = try vault.put("two", on: "a", token: version("2"), stages: [long(256)])
        #expect(answer["VersionStages"] == ["\(long(256))"])
    }

    @Test("LastChangedDate moves forward even when the clock stands still or goes back")
    func lastChangedDate() throws {
        try vault.create("a")
        vault.clock.advance(hours: 1)
        try vault.put("two", on: "a", token: version("2"))
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_000)
        try vault.put("three", on: "a", token: version("3"))
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_001)
        vault.clock.advance(hours: -1)
        try vault.put("four", on: "a", token: version("4"))
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_002)
        #expect(try vault.describe("a")["CreatedDate"]?.milliseconds == startOfTests)
    }

    @Test("a binary value replaces a string")
    func binary() throws {
        try vault.create("a")
        try vault.call(.putSecretValue, ["SecretId": "a", "SecretBinary": "/w=="])
        let answer = try vault.call(.getSecretValue, ["SecretId": "a"])
        #expect(answer["SecretBinary"] == "/w==")
        #expect(answer["SecretString"] == nil)
    }

    @Test("a well-formed RotationToken is accepted")
    func rotationToken() throws {
        try vault.create("a")
        let token = String(repeating: "aZ9-", count: 9)
        try vault.call(
            .putSecretValue,
            ["SecretId": "a", "SecretString": "two", "RotationToken": "\(token)"]
        )
        #expect(try vault.value(of: "a") == "two")
    }

    @Test("members that AWS refuses are refused in its words", arguments: refusedPuts)
    func refusals(row: Refused) throws {
        try vault.create("a", token: version("1"))
        let before = try vault.describe("a")
        let members = row.members(and: [
            "SecretId": "a", "ClientRequestToken": "\(version("2"))",
        ])
        #expect(vault.refusal(of: .putSecretValue, members) == row.expected)
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 1)
    }

    @Test(
        "a value of 65,536 bytes fits, also of characters that take several",
        arguments: [
            ("x", 65_536), ("é", 32_768), ("😀", 16_384),
        ]
    )
    func largest(character: String, count: Int) throws {
        try vault.create("a")
        let value = String(repeating: character, count: count)
        try vault.put(value, on: "a", token: version("2"))
        #expect(try vault.value(of: "a") == value)
        #expect(
            vault.refusal(
                of: .putSecretValue,
                [
                    "SecretId": "a", "SecretString": "\(value + character)",
                    "ClientRequestToken": "\(version("3"))",
                ]
            ) == .hidden("secretString", atMost(65_536))
        )
    }
}

private let labels21 = (1...21).map { "label\($0)" }

private let refusedPuts = [
    Refused(
        [:],
        Refusal("InvalidRequestException", "You must provide either SecretString or SecretBinary.")
    ),
    Refused(["SecretString": "a", "SecretBinary": "YQ=="], .bothValues),
    Refused(["SecretString": ""], .hidden("secretString", atLeast(1))),
    Refused(["SecretBinary": ""], .hidden("secretBinary", atLeast(1))),
    Refused(
        ["SecretString": "a", "ClientRequestToken": "\(long(31))"],
        .constraint("'\(long(31))'", "clientRequestToken", atLeast(32))
    ),
    Refused(["SecretString": "a", "SecretId": ""], .constraint("''", "secretId", atLeast(1))),
    Refused(
        ["SecretString": "a", "SecretId": "\(long(2_049))"],
        .constraint("'\(long(2_049))'", "secretId", atMost(2_048))
    ),
    Refused(
        ["SecretString": "a", "VersionStages": []],
        .constraint("'[]'", "versionStages", atLeast(1))
    ),
    Refused(
        ["SecretString": "a", "VersionStages": .array(labels21.map(JSONValue.string))],
        .constraint("'[\(labels21.joined(separator: ", "))]'", "versionStages", atMost(20))
    ),
    Refused(
        ["SecretString": "a", "VersionStages": ["b", ""]],
        .constraint(
            "'[b, ]'",
            "versionStages",
            "satisfy constraint: [Member must have length less than or equal to 256,"
                + " Member must have length greater than or equal to 1]"
        )
    ),
    Refused(
        ["SecretString": "a", "VersionStages": ["\(long(257))"]],
        .constraint(
            "'[\(long(257))]'",
            "versionStages",
            "satisfy constraint: [Member must have length less than or equal to 256,"
                + " Member must have length greater than or equal to 1]"
        )
    ),
    Refused(
        ["SecretString": "a", "RotationToken": "short"],
        .hidden("rotationToken", atLeast(36))
    ),
    Refused(
        ["SecretString": "a", "RotationToken": "\(long(257))"],
        .hidden("rotationToken", atMost(256))
    ),
    Refused(
        ["SecretString": "a", "RotationToken": "\(long(36))_"],
        .hidden("rotationToken", #"satisfy regular expression pattern: ^[a-zA-Z0-9\-]+$"#)
    ),
]
