import AWS
import JSON
import Notation
import TestSupport
import Testing

@Suite("CancelRotateSecret")
struct CancelRotateSecretTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a", value: "one", token: version("1"))
    }

    private func cancel() throws -> JSONValue {
        try vault.call(.cancelRotateSecret, ["SecretId": "a"])
    }

    @Test("turns rotation off and keeps the function and the rules")
    func keepsConfiguration() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        try vault.finishRotation(of: "a")
        let before = try vault.describe("a")
        vault.clock.advance(hours: 1)
        _ = try cancel()
        let after = try vault.describe("a")
        #expect(after["RotationEnabled"] == false)
        #expect(after["RotationLambdaARN"] == before["RotationLambdaARN"])
        #expect(after["RotationRules"] == before["RotationRules"])
        #expect(before["NextRotationDate"] != nil)
        #expect(after["NextRotationDate"] == nil)
        #expect(after["LastChangedDate"]?.milliseconds == startOfTests + 3_600_000)
    }

    @Test("C46: names no version of a rotation that was going on, and leaves its label there")
    func versionID() throws {
        try vault.rotate("a", token: version("2"))
        let answer = try cancel()
        #expect(answer.names == ["ARN", "Name"])
        #expect(
            try vault.labels(of: "a")
                == [version("1"): ["AWSCURRENT"], version("2"): ["AWSPENDING"]]
        )
        #expect(try cancel().names == ["ARN", "Name"])
    }

    @Test("what it leaves pending keeps a later rotation from beginning")
    func pendingBlocks() throws {
        try vault.rotate("a", token: version("2"))
        _ = try cancel()
        let next: JSONValue = ["SecretId": "a", "ClientRequestToken": "\(version("3"))"]
        #expect(vault.refusal(of: .rotateSecret, next) == .incomplete)
        #expect(try vault.describe("a")["RotationEnabled"] == false)
    }

    @Test("RotateSecret with nothing but the id takes rotation up again")
    func enabledAgain() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        try vault.finishRotation(of: "a")
        _ = try cancel()
        vault.clock.advance(days: 5)
        try vault.call(.rotateSecret, ["SecretId": "a"])
        let secret = try vault.describe("a")
        #expect(secret["RotationEnabled"] == true)
        #expect(secret["RotationLambdaARN"] == "\(ScratchVault.function)")
        // Counted from the value that the first rotation made.
        #expect(secret["NextRotationDate"] == .number(JSONNumber(firstDay + 31 * 86_400 - 1)))
    }

    @Test("on a secret that never had rotation is a success, and then shows that it is off")
    func neverRotated() throws {
        #expect(try vault.describe("a")["RotationEnabled"] == nil)
        #expect(try cancel().names == ["ARN", "Name"])
        let secret = try vault.describe("a")
        #expect(secret["RotationEnabled"] == false)
        #expect(secret["RotationRules"] == nil)
        #expect(secret["RotationLambdaARN"] == nil)
    }

    @Test("a value put while rotation is off sets no NextRotationDate")
    func putWhileOff() throws {
        try vault.rotate("a", ["RotationRules": ["AutomaticallyAfterDays": 30]])
        _ = try cancel()
        try vault.put("two", on: "a", token: version("3"))
        #expect(try vault.describe("a")["NextRotationDate"] == nil)
    }
}
