import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("Values and labels while a rotation goes on")
struct PutSecretValueRotationTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", value: "one", token: version("1"))
        try vault.rotate("a", token: version("2"))
    }

    private func isGoingOn() throws -> Bool {
        try vault.write { vault throws(APIError) in
            let scope = Scope(account: "000000000000", region: "us-east-1")
            guard let secret = try vault.secret(at: .name("a", scope)) else { return false }
            return try vault.rotation(of: secret) != nil
        }
    }

    private func abandonments() throws -> Int {
        try vault.serviceEvents().count { $0.eventName == "RotationAbandoned" }
    }

    @Test("the rotation function fills the pending version under its id")
    func fill() throws {
        let answer = try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        #expect(answer["VersionStages"] == ["AWSPENDING"])
        #expect(try vault.value(of: "a", version: version("2")) == "two")
        #expect(try vault.value(of: "a") == "one")
        #expect(try vault.allVersions(of: "a").count == 2)
        #expect(try isGoingOn())
    }

    @Test("once it is filled, another value under the same id is refused")
    func filledOnce() throws {
        let arn = try vault.describe("a")["ARN"]?.string ?? ""
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        let other: JSONValue = [
            "SecretId": "a", "SecretString": "other", "ClientRequestToken": "\(version("2"))",
        ]
        #expect(
            vault.refusal(of: .putSecretValue, other) == .tokenInUse(version("2"), by: arn)
        )
    }

    @Test("a value put by hand abandons the rotation, and a new one may begin at once")
    func abandoned() throws {
        try vault.put("three", on: "a", token: version("3"))
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSPREVIOUS"], version("3"): ["AWSCURRENT"]]
        )
        #expect(try abandonments() == 1)
        try vault.rotate("a", token: version("4"))
        #expect(try vault.labels(of: "a")[version("4")] == ["AWSPENDING"])
    }

    @Test("UpdateSecret with a value abandons it too, without one it goes on")
    func updated() throws {
        try vault.call(.updateSecret, ["SecretId": "a", "Description": "d"])
        #expect(try abandonments() == 0)
        try vault.call(.updateSecret, ["SecretId": "a", "SecretString": "three"])
        #expect(try abandonments() == 1)
        #expect(try !isGoingOn())
    }

    @Test("the version of an abandoned rotation cannot be filled any more")
    func fillAfterwards() throws {
        let arn = try vault.describe("a")["ARN"]?.string ?? ""
        try vault.put("three", on: "a", token: version("3"))
        let late: JSONValue = [
            "SecretId": "a", "SecretString": "two", "ClientRequestToken": "\(version("2"))",
            "VersionStages": ["AWSPENDING"],
        ]
        #expect(
            vault.refusal(of: .putSecretValue, late) == .tokenInUse(version("2"), by: arn)
        )
    }

    /// What RotationToken a call must have while a rotation goes on is a guess.
    @Test("a RotationToken must be that of the rotation that goes on")
    func rotationToken() throws {
        let token = try #require(
            try vault.write { vault throws(APIError) in
                let address = SecretAddress.name("a", Caller.root().scope)
                return try vault.secret(at: address).flatMap { secret throws(APIError) in
                    try vault.rotation(of: secret)?.token
                }
            }
        )
        var request: JSONValue = [
            "SecretId": "a", "SecretString": "two", "VersionStages": ["AWSPENDING"],
            "ClientRequestToken": "\(version("2"))",
            "RotationToken": "00000000-0000-4000-8000-000000000000",
        ]
        let refusal = vault.refusal(of: .putSecretValue, request)
        #expect(
            refusal
                == Refusal(
                    "InvalidRequestException",
                    "The RotationToken is not that of the rotation that is in progress."
                )
        )
        #expect(try vault.labels(of: "a")[version("2")] == ["AWSPENDING"])
        request.set("RotationToken", .string(token))
        try vault.call(.putSecretValue, request)
        #expect(try vault.value(of: "a", version: version("2")) == "two")
    }

    @Test("without a rotation any RotationToken will do")
    func rotationTokenOutside() throws {
        try vault.put("three", on: "a", token: version("3"))
        let request: JSONValue = [
            "SecretId": "a", "SecretString": "four",
            "RotationToken": "00000000-0000-4000-8000-000000000000",
        ]
        try vault.call(.putSecretValue, request)
        #expect(try vault.value(of: "a") == "four")
    }

    @Test("a label of one's own disturbs no rotation")
    func otherLabels() throws {
        try vault.put("three", on: "a", token: version("3"), stages: ["mine"])
        #expect(try abandonments() == 0)
        #expect(try isGoingOn())
    }

    @Test("AWSPENDING taken off by hand, or put elsewhere, abandons the rotation")
    func pendingMoved() throws {
        try vault.put("three", on: "a", token: version("3"), stages: ["AWSPENDING"])
        #expect(try abandonments() == 1)
        #expect(try !isGoingOn())
    }

    @Test("a function that takes AWSPENDING off when all is done abandons nothing")
    func pendingTakenOffAtTheEnd() throws {
        try vault.finishRotation(of: "a")
        try vault.call(
            .updateSecretVersionStage,
            [
                "SecretId": "a", "VersionStage": "AWSPENDING",
                "RemoveFromVersionId": "\(version("2"))",
            ]
        )
        #expect(try abandonments() == 0)
        #expect(try isGoingOn())
    }

    @Test("a new key of the secret seals the empty version without giving it a value")
    func newKey() throws {
        try vault.call(.updateSecret, ["SecretId": "a", "KmsKeyId": "alias/k"])
        #expect(try vault.labels(of: "a")[version("2")] == ["AWSPENDING"])
        try vault.put("two", on: "a", token: version("2"), stages: ["AWSPENDING"])
        #expect(try vault.value(of: "a", version: version("2")) == "two")
    }

    @Test("a deleted secret leaves nothing of its rotation behind")
    func deletion() throws {
        try vault.call(
            .deleteSecret,
            ["SecretId": "a", "ForceDeleteWithoutRecovery": true]
        )
        try vault.create("a", token: version("1"))
        #expect(try vault.describe("a")["RotationEnabled"] == nil)
        #expect(try !isGoingOn())
    }
}
