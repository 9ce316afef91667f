import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("RestoreSecret")
struct RestoreSecretTests {
    let vault: ScratchVault
    let arn: String

    init() throws {
        vault = try ScratchVault()
        arn = try vault.create("a", token: version("1"), ["Tags": [["Key": "k", "Value": "v"]]])
    }

    @Test("a scheduled secret comes back as it was")
    func restore() throws {
        let before = try vault.describe("a")
        try vault.call(.deleteSecret, ["SecretId": "a"])
        vault.clock.advance(days: 3)
        let answer = try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(answer.names == ["ARN", "Name"])
        #expect(answer["ARN"]?.string == arn)
        #expect(try vault.value(of: "a") == "first")
        let after = try vault.describe("a")
        #expect(after["DeletedDate"] == nil)
        #expect(after["Tags"] == before["Tags"])
        #expect(after["VersionIdsToStages"] == before["VersionIdsToStages"])
        #expect(after["CreatedDate"] == before["CreatedDate"])
    }

    @Test("LastChangedDate is the time of the call, and later than the deletion")
    func dates() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        let deleted = try vault.lastChange(of: "a")
        #expect(deleted == startOfTests + 1)
        try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(try vault.lastChange(of: "a") == startOfTests + 2)
        try vault.call(.deleteSecret, ["SecretId": "a"])
        vault.clock.advance(days: 1)
        try vault.call(.restoreSecret, ["SecretId": "a"])
        #expect(try vault.lastChange(of: "a") == startOfTests + 86_400_000)
    }

    @Test("a secret that is not scheduled stays as it is")
    func active() throws {
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        #expect(try vault.call(.restoreSecret, ["SecretId": "a"])["Name"] == "a")
        #expect(try vault.describe("a") == before)
    }

    @Test("it is in lists again")
    func lists() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(try vault.call(.listSecrets)["SecretList"] == [])
        try vault.call(.restoreSecret, ["SecretId": "\(arn)"])
        #expect(try vault.call(.listSecrets)["SecretList"]?.elements?.count == 1)
    }

    @Test("a restored secret can be scheduled again, for a new DeletedDate")
    func again() throws {
        try vault.call(.deleteSecret, ["SecretId": "a"])
        try vault.call(.restoreSecret, ["SecretId": "a"])
        vault.clock.advance(days: 1)
        try vault.call(.deleteSecret, ["SecretId": "a"])
        #expect(
            try vault.describe("a")["DeletedDate"]?.milliseconds == startOfTests + 86_400_000
        )
    }

    @Test("a secret that is gone, or never was, is refused")
    func gone() throws {
        try vault.call(.deleteSecret, ["SecretId": "a", "ForceDeleteWithoutRecovery": true])
        #expect(vault.refusal(of: .restoreSecret, ["SecretId": "a"]) == .unknownSecret)
        #expect(vault.refusal(of: .restoreSecret, ["SecretId": "\(arn)"]) == .unknownSecret)
        #expect(vault.refusal(of: .restoreSecret) == .missing("secretId"))
    }
}
