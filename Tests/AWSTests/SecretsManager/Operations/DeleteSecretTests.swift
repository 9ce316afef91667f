import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("DeleteSecret")
struct DeleteSecretTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", token: version("1"))
        vault.clock.advance(hours: 1)
    }

    private let now = startOfTests + 3_600_000
    private let day: Int64 = 86_400_000

    @Test(
        "DeletionDate is the end of the recovery window",
        arguments: [
            (nil, 30), (7, 7), (8, 8), (30, 30),
        ] as [(Int64?, Int64)]
    )
    func deletionDate(window: Int64?, days: Int64) throws {
        var members: JSONValue = ["SecretId": "a"]
        if let window { members.set("RecoveryWindowInDays", .number(JSONNumber(window))) }
        let answer = try vault.call(.deleteSecret, members)
        #expect(answer.names == ["ARN", "DeletionDate", "Name"])
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["Name"] == "a")
        #expect(answer["DeletionDate"]?.milliseconds == now + days * day)
    }

    @Test("DeletedDate is the time of the call, and so is LastChangedDate")
    func deletedDate() throws {
        try vault.call(.deleteSecret, ["SecretId": "a", "RecoveryWindowInDays": 7])
        vault.clock.advance(hours: 1)
        let secret = try vault.describe("a")
        #expect(secret["DeletedDate"]?.milliseconds == now)
        #expect(secret["LastChangedDate"]?.milliseconds == now)
        #expect(try vault.labels(of: "a") == [version("1"): ["AWSCURRENT"]])
        let members: JSONValue = ["IncludePlannedDeletion": true]
        let entry = try vault.call(.listSecrets, members)["SecretList"][0]
        #expect(entry["DeletedDate"]?.milliseconds == now)
    }

    @Test("a window that is no whole number is cut off", arguments: [("7.9", 7), ("3e1", 30)])
    func fraction(text: String, days: Int64) throws {
        let window = try #require(JSONNumber(text: text))
        let answer = try vault.call(
            .deleteSecret,
            ["SecretId": "a", "RecoveryWindowInDays": .number(window)]
        )
        #expect(answer["DeletionDate"]?.milliseconds == now + days * day)
    }

    @Test(
        "a window outside 7 to 30 days is refused",
        arguments: [
            0, 1, 6, 31, 365, -7, .max, .min,
        ] as [Int64]
    )
    func window(days: Int64) throws {
        #expect(
            vault.refusal(
                of: .deleteSecret,
                ["SecretId": "a", "RecoveryWindowInDays": .number(JSONNumber(days))]
            )
                == .invalid(
                    "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
                )
        )
        #expect(try vault.describe("a")["DeletedDate"] == nil)
    }

    @Test("force and a window together are refused, but no force and a window are fine")
    func forceAndWindow() throws {
        let refused = Refusal.invalid(
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
        )
        for secretID: JSONValue in ["a", "unknown"] {
            let members: JSONValue = [
                "SecretId": secretID, "RecoveryWindowInDays": 7,
                "ForceDeleteWithoutRecovery": true,
            ]
            #expect(vault.refusal(of: .deleteSecret, members) == refused)
        }
        let answer = try vault.call(
            .deleteSecret,
            ["SecretId": "a", "RecoveryWindowInDays": 7, "ForceDeleteWithoutRecovery": false]
        )
        #expect(answer["DeletionDate"]?.milliseconds == now + 7 * day)
    }

    @Test("a secret that is scheduled already is refused, and keeps its first DeletedDate")
    func again() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        let before = try vault.describe("a")
        vault.clock.advance(days: 1)
        #expect(vault.refusal(of: .deleteSecret, ["SecretId": "a"]) == .scheduled)
        #expect(try vault.describe("a") == before)
    }

    @Test("an unknown secret is refused without force")
    func unknown() {
        #expect(vault.refusal(of: .deleteSecret, ["SecretId": "b"]) == .unknownSecret)
        #expect(
            vault.refusal(
                of: .deleteSecret,
                ["SecretId": "b", "ForceDeleteWithoutRecovery": false]
            ) == .unknownSecret
        )
    }
}

@Suite("DeleteSecret with force")
struct ForcedDeletionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    private func force(_ secretID: String) throws -> JSONValue {
        try vault.call(
            .deleteSecret,
            ["SecretId": "\(secretID)", "ForceDeleteWithoutRecovery": true]
        )
    }

    @Test("the secret is gone at once, with its values, and its name is free")
    func gone() throws {
        let arn = try vault.create("a", token: version("1"))
        vault.clock.advance(milliseconds: 5)
        let answer = try force("a")
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["DeletionDate"]?.milliseconds == startOfTests + 5)
        for action: SecretsManagerAction in [.describeSecret, .getSecretValue, .restoreSecret] {
            #expect(vault.refusal(of: action, ["SecretId": "a"]) == .unknownSecret)
        }
        try vault.create("a", value: nil)
        #expect(
            vault.refusal(
                of: .getSecretValue,
                ["SecretId": "a", "VersionId": "\(version("1"))"]
            ) == .nothingUnder(versionID: version("1"))
        )
    }

    @Test("a secret that is scheduled already is gone at once too")
    func scheduled() throws {
        try vault.create("a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        _ = try force("a")
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "a"]) == .unknownSecret)
        try vault.create("a")
    }

    @Test("a name that does not exist is a success with an ARN made up for it")
    func unknownName() throws {
        let answer = try force("no/such")
        #expect(answer.names == ["ARN", "DeletionDate", "Name"])
        #expect(answer["Name"] == "no/such")
        #expect(answer["DeletionDate"]?.milliseconds == startOfTests)
        let arn = try #require(answer["ARN"]?.string)
        #expect(
            arn.hasPrefix("arn:aws:secretsmanager:us-east-1:000000000000:secret:no/such-")
        )
        #expect(vault.refusal(of: .describeSecret, ["SecretId": "no/such"]) == .unknownSecret)
    }

    @Test("an ARN that does not exist is a success too, under that ARN")
    func unknownARN() throws {
        let arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:no/such-AbCdEf"
        let answer = try force(arn)
        #expect(answer["ARN"]?.string == arn)
        #expect(answer["Name"] == "no/such")
    }

    @Test("a bad name is refused even with force")
    func badName() {
        #expect(
            vault.refusal(
                of: .deleteSecret,
                ["SecretId": "bad name", "ForceDeleteWithoutRecovery": true]
            ) == .badName
        )
    }

    @Test("the ARN of a deleted secret does not reach its successor of the same name")
    func successor() throws {
        let former = try vault.create("a")
        _ = try force("a")
        let latter = try vault.create("a")
        #expect(former != latter)
        #expect(try force(former)["ARN"]?.string == former)
        #expect(try vault.describe("a")["ARN"]?.string == latter)
    }
}
