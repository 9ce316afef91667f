import AWS
import JSON
import TestSupport
import Testing

@Suite("UntagResource")
struct UntagResourceTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create(
            "a",
            ["Tags": [["Key": "x", "Value": "1"], ["Key": "X", "Value": "2"], ["Key": "y"]]]
        )
    }

    private func untag(_ keys: String...) throws -> JSONValue {
        try vault.call(
            .untagResource,
            ["SecretId": "a", "TagKeys": .array(keys.map(JSONValue.string))]
        )
    }

    private func keys() throws -> [String]? {
        try vault.describe("a")["Tags"]?.elements?.compactMap { $0["Key"]?.string }
    }

    @Test("the tags of the given keys go, exactly those, and the answer has no members")
    func remove() throws {
        #expect(try untag("x").names == [])
        #expect(try keys() == ["X", "y"])
        _ = try untag("y", "X")
        #expect(try keys() == [])
    }

    @Test("a key that is not there, or named twice, is no error")
    func absent() throws {
        _ = try untag("no such", "y", "y")
        #expect(try keys() == ["x", "X"])
    }

    @Test("after the last tag Tags is an empty list; a secret that never had one shows none")
    func lastTag() throws {
        _ = try untag("x", "X", "y")
        #expect(try vault.describe("a")["Tags"] == [])
        #expect(try vault.call(.listSecrets)["SecretList"][0]["Tags"] == [])
        try vault.create("b")
        try vault.call(.untagResource, ["SecretId": "b", "TagKeys": ["x"]])
        #expect(try vault.describe("b")["Tags"] == nil)
    }

    @Test("LastChangedDate stays as it is")
    func lastChangedDate() throws {
        vault.clock.advance(hours: 1)
        _ = try untag("x")
        #expect(try vault.lastChange(of: "a") == startOfTests)
    }

    @Test("a key that was removed goes to the end when it comes back")
    func comeBack() throws {
        _ = try untag("x")
        try vault.call(.tagResource, ["SecretId": "a", "Tags": [["Key": "x", "Value": "3"]]])
        #expect(try keys() == ["X", "y", "x"])
    }

    @Test("keys that AWS refuses are refused in its words", arguments: refusedKeys)
    func refusals(row: Refused) throws {
        let before = try vault.describe("a")
        let members = row.members(and: ["SecretId": "a"])
        #expect(vault.refusal(of: .untagResource, members) == row.expected)
        #expect(try vault.describe("a") == before)
    }
}

private let elementRules =
    "satisfy constraint: [Member must have length less than or equal to 128,"
    + " Member must have length greater than or equal to 1]"

private let refusedKeys = [
    Refused([:], .missing("tagKeys")),
    Refused(["TagKeys": ["x", ""]], .constraint("'[x, ]'", "tagKeys", elementRules)),
    Refused(
        ["TagKeys": ["\(long(129))"]],
        .constraint("'[\(long(129))]'", "tagKeys", elementRules)
    ),
    Refused(["TagKeys": ["aws:x"]], .reservedTagKey),
    Refused(["TagKeys": "x"], .wrongType("Expected list or null")),
    Refused(["TagKeys": [1]], .wrongType("NUMBER_VALUE can not be converted to a String")),
    Refused(["TagKeys": [["x"]]], .wrongType("Start of list found where not expected")),
]
