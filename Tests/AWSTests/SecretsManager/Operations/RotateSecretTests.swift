import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("RotateSecret")
struct RotateSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", value: "one", token: version("1"))
    }

    @Test("the answer names the version that the rotation is to make")
    func shape() throws {
        let answer = try vault.rotate("a", token: version("2"))
        #expect(answer.names == ["ARN", "Name", "VersionId"])
        #expect(answer["Name"] == "a")
        #expect(answer["VersionId"] == "\(version("2"))")
    }

    @Test("rotation is enabled, and an empty version is pending, before any function is called")
    func placeholder() throws {
        try vault.rotate("a", token: version("2"))
        let secret = try vault.describe("a")
        #expect(secret["RotationEnabled"] == true)
        #expect(secret["RotationLambdaARN"] == "\(ScratchVault.function)")
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSCURRENT"], version("2"): ["AWSPENDING"]]
        )
        let pending: JSONValue = ["SecretId": "a", "VersionId": "\(version("2"))"]
        #expect(
            vault.refusal(of: .getSecretValue, pending) == .nothingUnder(versionID: version("2"))
        )
        #expect(
            vault.refusal(
                of: .getSecretValue,
                pending.with("VersionStage", "AWSPENDING")
            ) == .nothingUnder(versionID: version("2"))
        )
        #expect(
            vault.refusal(of: .getSecretValue, ["SecretId": "a", "VersionStage": "AWSPENDING"])
                == .nothingUnder(label: "AWSPENDING")
        )
        #expect(try vault.allVersions(of: "a").count == 2)
        #expect(try vault.value(of: "a") == "one")
    }

    @Test("without rules the secret is rotated on demand only")
    func onDemand() throws {
        try vault.rotate("a")
        let secret = try vault.describe("a")
        #expect(secret["RotationRules"] == nil)
        #expect(secret["NextRotationDate"] == nil)
        #expect(secret["LastRotatedDate"] == nil)
    }

    @Test("NextRotationDate is the last second of the day so many days after the rules were set")
    func nextRotationDate() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        let secret = try vault.describe("a")
        #expect(secret["RotationRules"]?.text == #"{"AutomaticallyAfterDays":30}"#)
        #expect(secret["NextRotationDate"] == .number(JSONNumber(firstDay + 31 * 86_400 - 1)))
    }

    @Test("a schedule and a duration are shown as they were given")
    func schedule() throws {
        try vault.rotate(
            "a",
            ["RotationRules": ["ScheduleExpression": "cron(0 16 1,15 * ? *)", "Duration": "2h"]]
        )
        let secret = try vault.describe("a")
        #expect(
            secret["RotationRules"]?.text
                == #"{"Duration":"2h","ScheduleExpression":"cron(0 16 1,15 * ? *)"}"#
        )
        // Today is the 15th, 10:00.
        #expect(secret["NextRotationDate"] == .number(JSONNumber(firstDay + 18 * 3_600 - 1)))
    }

    @Test("what is not given stays as it was stored, and LastChangedDate moves")
    func stored() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        let before = try vault.describe("a")
        try vault.finishRotation(of: "a")
        vault.clock.advance(hours: 1)
        try vault.call(.rotateSecret, ["SecretId": "a", "RotationRules": [:]])
        let after = try vault.describe("a")
        for member in ["RotationEnabled", "RotationLambdaARN", "RotationRules"] {
            #expect(after[member] == before[member])
        }
        #expect(after["LastChangedDate"]?.milliseconds == startOfTests + 3_600_000)
    }

    @Test(
        "new rules go over stored ones: a schedule replaces all, a duration goes with a schedule",
        arguments: [
            (#"{"ScheduleExpression":"rate(1 day)"}"#, #"{"ScheduleExpression":"rate(1 day)"}"#),
            (#"{"AutomaticallyAfterDays":7}"#, #"{"AutomaticallyAfterDays":7}"#),
            (
                #"{"Duration":"5h"}"#,
                #"{"Duration":"5h","ScheduleExpression":"cron(0 1 * * ? *)"}"#
            ),
            ("{}", #"{"Duration":"3h","ScheduleExpression":"cron(0 1 * * ? *)"}"#),
        ]
    )
    func merging(given: String, expected: String) throws {
        try vault.rotate(
            "a",
            ["RotationRules": ["ScheduleExpression": "cron(0 1 * * ? *)", "Duration": "3h"]]
        )
        try vault.finishRotation(of: "a")
        try vault.rotate("a", ["RotationRules": try JSONParser.parse(Array(given.utf8))])
        #expect(try vault.describe("a")["RotationRules"]?.text == expected)
    }

    @Test("a value put by hand moves NextRotationDate, and LastRotatedDate stays away")
    func putMovesTheDate() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        vault.clock.advance(days: 10)
        try vault.put("two", on: "a", token: version("2"))
        let secret = try vault.describe("a")
        #expect(secret["NextRotationDate"] == .number(JSONNumber(firstDay + 41 * 86_400 - 1)))
        #expect(secret["LastRotatedDate"] == nil)
        vault.clock.advance(days: 1)
        try vault.put("three", on: "a", token: version("3"), stages: ["mine"])
        #expect(try vault.describe("a")["NextRotationDate"] == secret["NextRotationDate"])
    }

    @Test("the list shows what DescribeSecret shows of the rotation")
    func list() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        let described = try vault.describe("a")
        let listed = try vault.call(.listSecrets)["SecretList"][0]
        for member in described.names ?? [] where member != "VersionIdsToStages" {
            #expect(listed[member] == described[member])
        }
        #expect(
            described.names == [
                "ARN", "CreatedDate", "LastChangedDate", "Name", "NextRotationDate",
                "RotationEnabled", "RotationLambdaARN", "RotationRules", "VersionIdsToStages",
            ]
        )
    }

    @Test("RotateImmediately=false makes a copy of the current version to test")
    func testRotation() throws {
        let answer = try vault.rotate("a", token: version("2"), ["RotateImmediately": false])
        #expect(answer["VersionId"] == "\(version("2"))")
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSCURRENT"], version("2"): ["AWSPENDING"]]
        )
        #expect(try vault.value(of: "a", version: version("2")) == "one")
        let secret = try vault.describe("a")
        #expect(secret["RotationEnabled"] == true)
        #expect(secret["LastRotatedDate"] == nil)
    }

    @Test("a secret without a value gets its placeholder too, which is not the current version")
    func emptySecret() throws {
        try vault.create("empty", value: nil)
        try vault.rotate("empty", token: version("2"))
        #expect(try vault.labels(of: "empty") == [version("2"): ["AWSPENDING"]])
    }

    @Test("AWSPENDING on the current version does not stand in the way, and moves")
    func pendingOnCurrent() throws {
        try vault.rotate("a", token: version("2"))
        try vault.finishRotation(of: "a")
        #expect(try vault.labels(of: "a")[version("2")] == ["AWSCURRENT", "AWSPENDING"])
        try vault.rotate("a", token: version("3"))
        #expect(
            try vault.labels(of: "a") == [
                version("1"): ["AWSPREVIOUS"], version("2"): ["AWSCURRENT"],
                version("3"): ["AWSPENDING"],
            ]
        )
    }

    @Test("the audit trail tells that a rotation began, as the service itself")
    func event() throws {
        let arn = try vault.rotate("a", token: version("2"))["ARN"]?.string ?? ""
        let events = try vault.serviceEvents()
        #expect(events.map(\.eventName) == ["RotationStarted"])
        let started = try #require(events.first)
        #expect(started.requestID == "Rotation-\(arn)-\(version("2"))")
        #expect(started.principalARN == "secretsmanager.amazonaws.com")
        #expect(started.sourceAddress == "secretsmanager.amazonaws.com")
        #expect(started.resourceARN == arn)
        #expect(started.requestParameters == #"{"SecretId":"\#(arn)"}"#)
        #expect(!started.isReadOnly)
    }
}

@Suite("RotateSecret again")
struct RotateSecretRetryTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", value: "one", token: version("1"))
        try vault.rotate("a", token: version("2"))
    }

    @Test("while another version is pending a rotation is refused")
    func incomplete() throws {
        let before = try vault.describe("a")
        #expect(vault.refusal(of: .rotateSecret, request("3")) == .incomplete)
        #expect(
            vault.refusal(of: .rotateSecret, request("3").with("RotateImmediately", false))
                == .incomplete
        )
        #expect(try vault.describe("a") == before)
        #expect(try vault.allVersions(of: "a").count == 2)
    }

    @Test("the same call again is the same rotation")
    func sameToken() throws {
        try vault.callRaw(.rotateSecret, request("2"))
        #expect(try vault.allVersions(of: "a").count == 2)
        #expect(try vault.serviceEvents().map(\.eventName) == ["RotationStarted"])
    }

    @Test("the same call again after the rotation has succeeded changes nothing")
    func sameTokenLater() throws {
        try vault.finishRotation(of: "a")
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        #expect(try vault.callRaw(.rotateSecret, request("2"))["VersionId"]?.string == version("2"))
        #expect(try vault.describe("a") == before)
    }

    @Test("the id of an older version cannot be that of a new one")
    func oldToken() throws {
        try vault.finishRotation(of: "a")
        let arn = try vault.describe("a")["ARN"]?.string ?? ""
        let before = try vault.describe("a")
        #expect(
            vault.refusal(of: .rotateSecret, request("1")) == .tokenInUse(version("1"), by: arn)
        )
        #expect(try vault.describe("a") == before)
    }

    @Test("when AWSPENDING was taken off, the next rotation may begin")
    func afterCleaningUp() throws {
        try vault.call(
            .updateSecretVersionStage,
            [
                "SecretId": "a", "VersionStage": "AWSPENDING",
                "RemoveFromVersionId": "\(version("2"))",
            ]
        )
        try vault.callRaw(.rotateSecret, request("3"))
        #expect(try vault.labels(of: "a")[version("3")] == ["AWSPENDING"])
    }

    private func request(_ token: String) -> JSONValue {
        ["SecretId": "a", "ClientRequestToken": "\(version(token))"]
    }
}
