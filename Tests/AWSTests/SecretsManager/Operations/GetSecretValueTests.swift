import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("GetSecretValue")
struct GetSecretValueTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("the answer has the value, its version, the version's labels and its date")
    func shape() throws {
        let arn = try vault.create("a", token: version("a"))
        vault.clock.advance(milliseconds: 250)
        try vault.put("second", on: "a", token: version("b"), stages: ["x", "AWSCURRENT", "B"])
        let answer = try vault.callRaw(.getSecretValue, ["SecretId": "a"])
        #expect(
            answer.names == [
                "ARN", "CreatedDate", "Name", "SecretString", "VersionId", "VersionStages",
            ]
        )
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["Name"] == "a")
        #expect(answer["SecretString"] == "second")
        #expect(answer["VersionId"] == "\(version("b"))")
        #expect(answer["VersionStages"] == ["AWSCURRENT", "B", "x"])
        // Of the version, not of the secret.
        #expect(answer["CreatedDate"]?.milliseconds == startOfTests + 250)
    }

    @Test("a version is found by its id, by a label and by both")
    func selection() throws {
        try vault.create("a", value: "one", token: version("1"))
        try vault.put("two", on: "a", token: version("2"))
        try vault.put("three", on: "a", token: version("3"), stages: ["mine"])
        let rows: [(JSONValue, String)] = [
            ([:], "two"),
            (["VersionStage": "AWSCURRENT"], "two"),
            (["VersionStage": "AWSPREVIOUS"], "one"),
            (["VersionStage": "mine"], "three"),
            (["VersionId": "\(version("1"))"], "one"),
            (["VersionId": "\(version("3"))", "VersionStage": "mine"], "three"),
        ]
        for (members, value) in rows {
            var members = members
            members.set("SecretId", "a")
            #expect(try vault.call(.getSecretValue, members)["SecretString"]?.string == value)
        }
    }

    @Test("a secret is found by its name, its ARN and its ARN without the suffix")
    func identification() throws {
        let arn = try vault.create("prod/db")
        for secretID in ["prod/db", arn, String(arn.dropLast(7))] {
            #expect(try vault.value(of: secretID) == "first")
        }
    }

    @Test("a name that ends like an ARN is not found by its ARN without the suffix")
    func trap() throws {
        let arn = try vault.create("Name-a1b2c3")
        let partial = "\(arn.dropLast(7))"
        #expect(partial.hasSuffix(":secret:Name-a1b2c3"))
        #expect(vault.refusal(of: .getSecretValue, ["SecretId": "\(partial)"]) == .unknownSecret)
        #expect(try vault.value(of: "Name-a1b2c3") == "first")
        #expect(try vault.value(of: arn) == "first")
    }

    @Test(
        "names that almost end like an ARN are found by their partial ARN",
        arguments: [
            "Name-a1b2", "Name-a1b2c3-", "Name-a1b2c3d", "a1b2c3",
        ]
    )
    func noTrap(name: String) throws {
        let arn = try vault.create(name)
        #expect(try vault.value(of: "\(arn.dropLast(7))") == "first")
    }

    @Test("a version without labels is still there by its id, without VersionStages")
    func deprecated() throws {
        try vault.create("a", value: "one", token: version("1"))
        try vault.put("two", on: "a", token: version("2"))
        try vault.put("three", on: "a", token: version("3"))
        let answer = try vault.call(
            .getSecretValue,
            ["SecretId": "a", "VersionId": "\(version("1"))"]
        )
        #expect(answer.names == ["ARN", "CreatedDate", "Name", "SecretString", "VersionId"])
        #expect(answer["SecretString"] == "one")
    }

    @Test(
        "a version that is not there is told by what it was asked for",
        arguments: missingVersionRows
    )
    func missingVersion(row: Refused) throws {
        try vault.create("a", token: version("1"))
        let members = row.members(and: ["SecretId": "a"])
        #expect(vault.refusal(of: .getSecretValue, members) == row.expected)
    }

    @Test("a secret without a value has nothing under AWSCURRENT")
    func empty() throws {
        try vault.create("empty", value: nil)
        #expect(
            vault.refusal(of: .getSecretValue, ["SecretId": "empty"])
                == .nothingUnder(label: "AWSCURRENT")
        )
    }

    @Test(
        "a value comes back byte for byte",
        arguments: [
            "{\"a\":1}", " ", "\n", "\"\\/\u{8}", "\u{0}", "e\u{301}", "é", "😀", "\u{2028}\u{FEFF}",
        ]
    )
    func bytes(value: String) throws {
        try vault.create("a", value: value)
        let read = try #require(try vault.value(of: "a"))
        #expect(Array(read.utf8) == Array(value.utf8))
    }
}

@Suite("GetSecretValue and LastAccessedDate")
struct LastAccessedDateTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test("the first read sets it to 00:00 UTC of the day, at once")
    func firstRead() throws {
        try vault.create("a")
        #expect(try vault.describe("a")["LastAccessedDate"] == nil)
        _ = try vault.value(of: "a")
        #expect(try vault.describe("a")["LastAccessedDate"]?.text == "\(firstDay)")
        #expect(try vault.allVersions(of: "a")[0]["LastAccessedDate"]?.text == "\(firstDay)")
    }

    @Test("it stays for the day and moves on the next one")
    func nextDay() throws {
        try vault.create("a")
        _ = try vault.value(of: "a")
        vault.clock.advance(hours: 13)
        _ = try vault.value(of: "a")
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay)
        vault.clock.advance(hours: 1)
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay)
        _ = try vault.value(of: "a")
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay + 86_400)
    }

    @Test("each version has its own, and the secret has the latest")
    func perVersion() throws {
        try vault.create("a", token: version("1"))
        try vault.put("second", on: "a", token: version("2"))
        _ = try vault.value(of: "a")
        vault.clock.advance(days: 1)
        _ = try vault.value(of: "a", version: version("1"))
        let versions = try vault.allVersions(of: "a")
        #expect(versions[0]["LastAccessedDate"]?.integer == firstDay + 86_400)
        #expect(versions[1]["LastAccessedDate"]?.integer == firstDay)
        #expect(try vault.describe("a")["LastAccessedDate"]?.integer == firstDay + 86_400)
    }

    @Test("a refused read, and reading everything but the value, leave it alone")
    func noRead() throws {
        try vault.create("a")
        _ = vault.refusal(of: .getSecretValue, ["SecretId": "a", "VersionStage": "NOSUCH"])
        try vault.call(.listSecrets)
        try vault.put("second", on: "a", token: version("2"))
        #expect(try vault.describe("a")["LastAccessedDate"] == nil)
    }

    @Test("reading a value is no change")
    func noChange() throws {
        try vault.create("a")
        vault.clock.advance(days: 1)
        _ = try vault.value(of: "a")
        #expect(try vault.lastChange(of: "a") == startOfTests)
    }
}

private let missingVersionRows = [
    Refused(["VersionStage": "NOSUCH"], .nothingUnder(label: "NOSUCH")),
    Refused(["VersionStage": "AWSPENDING"], .nothingUnder(label: "AWSPENDING")),
    Refused(["VersionStage": "awscurrent"], .nothingUnder(label: "awscurrent")),
    Refused(["VersionId": "\(version("x"))"], .nothingUnder(versionID: version("x"))),
    Refused(
        ["VersionId": "\(version("x"))", "VersionStage": "AWSCURRENT"],
        .nothingUnder(versionID: version("x"))
    ),
    Refused(
        ["VersionId": "\(version("1"))", "VersionStage": "AWSPREVIOUS"],
        .versionAndLabelDisagree
    ),
    Refused(["VersionId": "\(version("1"))", "VersionStage": "NOSUCH"], .versionAndLabelDisagree),
    Refused(["VersionId": "short"], .constraint("'short'", "versionId", atLeast(32))),
    Refused(["VersionId": "\(long(65))"], .constraint("'\(long(65))'", "versionId", atMost(64))),
    Refused(["VersionStage": ""], .constraint("''", "versionStage", atLeast(1))),
    Refused(
        ["VersionStage": "\(long(257))"],
        .constraint("'\(long(257))'", "versionStage", atMost(256))
    ),
]
