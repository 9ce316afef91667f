import AWS
import JSON
import TestSupport
import Testing

@Suite("PutSecretValue, called again with the same token")
struct PutSecretValueRetryTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", value: "one", token: version("1"))
    }

    @Test("the same value has the same answer and changes nothing")
    func retry() throws {
        let first = try vault.put("two", on: "a", token: version("2"))
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        #expect(try vault.put("two", on: "a", token: version("2")) == first)
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 2)
    }

    @Test("a retry that names the labels it named before changes nothing either")
    func retryWithLabels() throws {
        let first = try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        let again = try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        #expect(again == first)
        #expect(try vault.describe("a") == before)
    }

    @Test("a late retry that names no label never rolls the secret back")
    func lateRetry() throws {
        try vault.put("two", on: "a", token: version("2"))
        try vault.put("three", on: "a", token: version("3"))
        let answer = try vault.put("two", on: "a", token: version("2"))
        #expect(answer["VersionStages"] == ["AWSPREVIOUS"])
        #expect(try vault.value(of: "a") == "three")
    }

    @Test("the token of the version that CreateSecret made counts too")
    func tokenOfCreate() throws {
        let answer = try vault.put("one", on: "a", token: version("1"))
        #expect(answer["VersionStages"] == ["AWSCURRENT"])
        #expect(try vault.allVersions(of: "a").count == 1)
    }

    @Test("a retry that names a label adds it, and it leaves the version that had it")
    func addsLabel() throws {
        try vault.put("two", on: "a", token: version("2"), stages: ["x"])
        vault.clock.advance(hours: 1)
        let answer = try vault.put("one", on: "a", token: version("1"), stages: ["x", "y"])
        #expect(answer["VersionStages"] == ["x", "y", "AWSCURRENT"])
        #expect(try vault.labels(of: "a") == [version("1"): ["x", "y", "AWSCURRENT"]])
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_000)
    }

    @Test("a retry that names AWSCURRENT makes that version the current one")
    func becomesCurrent() throws {
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSCURRENT"])
        #expect(try vault.value(of: "a") == "two")
        #expect(try vault.labels(of: "a")[version("1")] == ["AWSPREVIOUS"])
    }

    @Test("another value under a token that is taken is refused and changes nothing")
    func otherValue() throws {
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        for value: (String, JSONValue) in [("SecretString", "other"), ("SecretBinary", "b25l")] {
            let members: JSONValue = [
                "SecretId": "a", value.0: value.1, "ClientRequestToken": "\(version("1"))",
                "VersionStages": ["x"],
            ]
            #expect(
                vault.refusal(of: .putSecretValue, members) == .tokenInUse(version("1"), by: arn)
            )
        }
        #expect(try vault.describe("a") == before)
    }

    @Test("a token of a version that lost its labels is still taken")
    func deprecated() throws {
        try vault.put("two", on: "a", token: version("2"))
        try vault.put("three", on: "a", token: version("3"))
        let members: JSONValue = [
            "SecretId": "a", "SecretString": "x", "ClientRequestToken": "\(version("1"))",
        ]
        #expect(vault.refusal(of: .putSecretValue, members) == .tokenInUse(version("1"), by: arn))
        let again = try vault.put("one", on: "a", token: version("1"))
        #expect(again["VersionStages"] == [])
    }

    @Test("tokens of one secret are free for another")
    func otherSecret() throws {
        try vault.create("b")
        try vault.put("other", on: "b", token: version("1"))
        #expect(try vault.value(of: "b") == "other")
    }
}
