import AWS
import JSON
import TestSupport
import Testing

@Suite("TagResource")
struct TagResourceTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
        try vault.create("a")
    }

    private func tag(_ tags: (String, String)...) throws -> JSONValue {
        let list = tags.map { tag -> JSONValue in ["Key": "\(tag.0)", "Value": "\(tag.1)"] }
        return try vault.call(.tagResource, ["SecretId": "a", "Tags": .array(list)])
    }

    private func tags() throws -> [String]? {
        try vault.describe("a")["Tags"]?.elements?.map {
            "\($0["Key"]?.string ?? "")=\($0["Value"]?.string ?? "")"
        }
    }

    @Test("the answer has no members")
    func shape() throws {
        #expect(try tag(("k", "v")).names == [])
    }

    @Test("new keys go to the end, a known key gets its new value where it stands")
    func merge() throws {
        _ = try tag(("b", "1"), ("a", "2"))
        _ = try tag(("c", "3"), ("b", "4"))
        #expect(try tags() == ["b=4", "a=2", "c=3"])
    }

    @Test("keys are case-sensitive, and compared byte for byte")
    func letterCase() throws {
        _ = try tag(("key", "1"), ("Key", "2"), ("KEY", "3"))
        #expect(try tags() == ["key=1", "Key=2", "KEY=3"])
    }

    @Test("a tag without a value has an empty one")
    func noValue() throws {
        try vault.call(.tagResource, ["SecretId": "a", "Tags": [["Key": "k"]]])
        #expect(try tags() == ["k="])
    }

    @Test("LastChangedDate moves forward")
    func lastChangedDate() throws {
        vault.clock.advance(hours: 1)
        _ = try tag(("k", "v"))
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_000)
        _ = try tag(("k", "w"))
        #expect(try vault.lastChange(of: "a") == startOfTests + 3_600_001)
    }

    @Test("a secret has fifty tags at most, also over several calls")
    func fifty() throws {
        for number in 1...49 { _ = try tag(("k\(number)", "v")) }
        let two: JSONValue = [
            "SecretId": "a", "Tags": [["Key": "x", "Value": ""], ["Key": "y", "Value": ""]],
        ]
        #expect(vault.refusal(of: .tagResource, two) == .tooManyTags)
        #expect(try tags()?.count == 49)
        _ = try tag(("k50", "v"))
        #expect(
            vault.refusal(of: .tagResource, ["SecretId": "a", "Tags": [["Key": "x"]]])
                == .tooManyTags
        )
        _ = try tag(("k1", "new"))
        #expect(try tags()?.first == "k1=new")
    }

    @Test("no tags at all change no tag, and a secret that never had one still shows none")
    func nothing() throws {
        _ = try tag()
        #expect(try vault.describe("a")["Tags"] == nil)
    }

    @Test("tags that AWS refuses are refused in its words", arguments: refusedTags)
    func refusals(row: Refused) throws {
        let before = try vault.describe("a")
        let members = row.members(and: ["SecretId": "a"])
        #expect(vault.refusal(of: .tagResource, members) == row.expected)
        #expect(try vault.describe("a") == before)
    }
}

private let refusedTags = [
    Refused([:], .missing("tags")),
    Refused(["Tags": [["Value": "v"]]], .invalid("You must provide a key for each tag.")),
    Refused(["Tags": [["Key": ""]]], .constraint("''", "tags.1.member.key", atLeast(1))),
    Refused(
        ["Tags": [["Key": "k"], ["Key": "\(long(129))"]]],
        .constraint("'\(long(129))'", "tags.2.member.key", atMost(128))
    ),
    Refused(
        ["Tags": [["Key": "k", "Value": "\(long(257))"]]],
        .constraint("'\(long(257))'", "tags.1.member.value", atMost(256))
    ),
    Refused(["Tags": [["Key": "aws:k"]]], .reservedTagKey),
    Refused(["Tags": [["Key": "ok"], ["Key": "AWS:k"]]], .reservedTagKey),
    Refused(["Tags": [["Key": "aws:"]]], .reservedTagKey),
    Refused(
        ["Tags": [["Key": "k", "Value": "1"], ["Key": "k", "Value": "2"]]],
        .duplicateTagKey
    ),
    Refused(["Tags": ["k"]], .wrongType("Expected null")),
    Refused(["Tags": "k"], .wrongType("Expected list or null")),
    Refused(
        ["Tags": ["k": "v"]],
        .wrongType("Start of structure or map found where not expected.")
    ),
    Refused(
        ["Tags": [["Key": 1]]],
        .wrongType("NUMBER_VALUE can not be converted to a String")
    ),
]
