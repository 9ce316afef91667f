import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("The limits of versions and labels")
struct VersionLimitTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    /// A secret with `count` versions, of which the last two have labels.
    private func fill(_ count: Int) throws {
        try vault.create("a", value: "v1", token: version("v1"))
        for number in 2...count {
            try vault.put("v\(number)", on: "a", token: version("v\(number)"))
        }
    }

    @Test("a hundred versions are kept, and one more is refused within 24 hours")
    func hundred() throws {
        try fill(100)
        #expect(try vault.allVersions(of: "a").count == 100)
        vault.clock.advance(days: 1)
        let one: JSONValue = [
            "SecretId": "a", "SecretString": "v101", "ClientRequestToken": "\(version("v101"))",
        ]
        let before = try vault.describe("a")
        #expect(vault.refusal(of: .putSecretValue, one) == .tooManyVersions)
        #expect(vault.refusal(of: .updateSecret, one) == .tooManyVersions)
        #expect(try vault.describe("a") == before)
        vault.clock.advance(milliseconds: 1)
        try vault.callRaw(.putSecretValue, one)
        #expect(try vault.allVersions(of: "a").count == 100)
    }

    @Test("the oldest version without a label goes first")
    func oldestFirst() throws {
        try fill(100)
        vault.clock.advance(days: 2)
        try vault.put("v101", on: "a", token: version("v101"))
        #expect(
            vault.refusal(
                of: .getSecretValue,
                ["SecretId": "a", "VersionId": "\(version("v1"))"]
            ) == .nothingUnder(versionID: version("v1"))
        )
        #expect(try vault.value(of: "a", version: version("v2")) == "v2")
        try vault.call(.updateSecret, ["SecretId": "a", "SecretString": "v102"])
        #expect(try vault.allVersions(of: "a").first?["VersionId"] == "\(version("v3"))")
    }

    @Test("the audit trail tells of each version that went")
    func event() throws {
        try fill(100)
        vault.clock.advance(days: 2)
        try vault.put("v101", on: "a", token: version("v101"))
        let arn = try vault.describe("a")["ARN"]?.string ?? ""
        let events = try vault.serviceEvents()
        #expect(events.map(\.eventName) == ["SecretVersionDeletion"])
        #expect(
            events.first?.requestParameters
                == #"{"SecretId":"\#(arn)","VersionId":"\#(version("v1"))"}"#
        )
    }

    @Test("a rotation begins by making room for its version, and by the rule of twenty labels")
    func rotation() throws {
        try fill(100)
        vault.clock.advance(days: 2)
        try vault.rotate("a", token: version("new"))
        #expect(try vault.allVersions(of: "a").count == 100)
        try vault.create("labelled", token: version("1"))
        let labels = (1...19).map { "label\($0)" }
        try vault.put("two", on: "labelled", token: version("2"), stages: labels)
        #expect(
            vault.refusal(
                of: .rotateSecret,
                [
                    "SecretId": "labelled", "ClientRequestToken": "\(version("3"))",
                    "RotationLambdaARN": "\(ScratchVault.function)",
                ]
            ) == .tooManyLabels
        )
        #expect(try vault.allVersions(of: "labelled").count == 2)
    }

    @Test("a version with a label never goes, however old it is")
    func labelled() throws {
        try vault.create("a", value: "v1", token: version("v1"))
        try vault.put("kept", on: "a", token: version("kept"), stages: ["mine"])
        for number in 2...99 {
            try vault.put("v\(number)", on: "a", token: version("v\(number)"))
        }
        vault.clock.advance(days: 30)
        for number in 100...220 {
            vault.clock.advance(days: 1)
            try vault.put("v\(number)", on: "a", token: version("v\(number)"))
        }
        let versions = try vault.allVersions(of: "a")
        #expect(versions.count == 100)
        #expect(versions.first?["VersionId"] == "\(version("kept"))")
        #expect(try vault.value(of: "a", version: version("kept")) == "kept")
    }

    @Test("below a hundred old versions without labels stay")
    func below() throws {
        try fill(99)
        vault.clock.advance(days: 300)
        try vault.put("v100", on: "a", token: version("v100"))
        #expect(try vault.value(of: "a", version: version("v1")) == "v1")
    }

    @Test("a retry needs no room for a version")
    func retry() throws {
        try fill(100)
        #expect(
            try vault.put("v100", on: "a", token: version("v100"))["VersionStages"]
                == ["AWSCURRENT"]
        )
    }

    @Test("a secret has twenty labels at most, over all its versions")
    func twentyLabels() throws {
        try vault.create("a", token: version("1"))
        let labels = (1...19).map { "label\($0)" }
        try vault.put("two", on: "a", token: version("2"), stages: labels)
        #expect(try vault.labels(of: "a").values.joined().count == 20)
        let before = try vault.describe("a")
        // AWSPREVIOUS would be the twenty-first.
        #expect(
            vault.refusal(
                of: .putSecretValue,
                [
                    "SecretId": "a", "SecretString": "three",
                    "ClientRequestToken": "\(version("3"))",
                ]
            ) == .tooManyLabels
        )
        #expect(
            vault.refusal(
                of: .updateSecretVersionStage,
                [
                    "SecretId": "a", "VersionStage": "one more",
                    "MoveToVersionId": "\(version("1"))",
                ]
            ) == .tooManyLabels
        )
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 2)
    }

    @Test("at twenty labels those that are there can still move")
    func moving() throws {
        try vault.create("a", token: version("1"))
        let labels = (1...19).map { "label\($0)" }
        try vault.put("two", on: "a", token: version("2"), stages: labels)
        try vault.put("three", on: "a", token: version("3"), stages: ["label1", "label2"])
        #expect(try vault.labels(of: "a")[version("3")] == ["label1", "label2"])
        #expect(try vault.labels(of: "a").values.joined().count == 20)
    }

    @Test("twenty labels in one request are allowed by the model, and counted with the others")
    func twentyAtOnce() throws {
        try vault.create("empty", value: nil)
        let labels = ["AWSCURRENT"] + (1...19).map { "label\($0)" }
        try vault.put("one", on: "empty", token: version("1"), stages: labels)
        #expect(try vault.labels(of: "empty")[version("1")]?.count == 20)
        try vault.create("full", token: version("1"))
        let members: JSONValue = [
            "SecretId": "full", "SecretString": "two", "ClientRequestToken": "\(version("2"))",
            "VersionStages": .array((1...20).map { "label\($0)" }),
        ]
        #expect(vault.refusal(of: .putSecretValue, members) == .tooManyLabels)
    }
}
