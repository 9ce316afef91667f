import AWS
import JSON
import Notation
import TestSupport
import Testing

/// SourceResult, which is what Java's Gson makes of GetSecretValue's answer.
@Suite struct SourceResultTests {
    let vault: ScratchVault
    private static let id = "11111111-aaaa-4bbb-8ccc-000000000001"

    init() throws {
        vault = try ScratchVault()
    }

    private func text(_ reference: String) throws -> String? {
        try vault.parameter(reference)["SourceResult"]?.string
    }

    @Test func `C96: a text has its members in Java's order and spelling, without spaces`() throws {
        let arn = try vault.create("a/b", value: "one", token: Self.id)
        try vault.put("two", on: "a/b", token: vault.nextToken(), stages: ["z", "B"])
        #expect(
            try text("a/b")
                == #"{"ARN":"\#(arn)","name":"a/b","versionId":"\#(Self.id)","#
                + #""secretString":"one","versionStages":["AWSCURRENT"],"#
                + #""createdDate":"Jan 15, 2026, 10:00:00 AM"}"#
        )
        #expect(try vault.sourceResult("a/b:z")["versionStages"] == ["B", "z"])
    }

    @Test func `C96: a binary value is the dump of a Java buffer`() throws {
        let bytes: [UInt8] = [115, 0, 127, 128, 255, 10]
        try vault.call(
            .createSecret,
            [
                "Name": "b", "SecretBinary": .string(Base64.text(bytes)),
                "ClientRequestToken": "\(Self.id)",
            ]
        )
        let expected =
            #""versionId":"\#(Self.id)","secretBinary":{"hb":[115,0,127,-128,-1,10],"offset":0,"#
            + #""isReadOnly":false,"bigEndian":true,"nativeByteOrder":false,"mark":-1,"#
            + #""position":0,"limit":6,"capacity":6,"address":8},"versionStages""#
        #expect(try text("b")?.contains(expected) == true)
    }

    @Test(
        arguments: [
            ("a=b&c", #"a\u003db\u0026c"#), ("<it's>", #"\u003cit\u0027s\u003e"#),
            ("\"\\\n\t", #"\"\\\n\t"#), ("\u{1}\u{7F}", "\\u0001\u{7F}"),
            ("\u{2027}\u{2028}\u{2029}\u{202A}", "\u{2027}\\u2028\\u2029\u{202A}"), ("é😀", "é😀"),
        ]
    )
    func `C96: characters are escaped as Gson escapes them`(value: String, escaped: String) throws {
        try vault.create("a", value: value)
        #expect(try text("a")?.contains(#""secretString":"\#(escaped)","#) == true)
        #expect(try vault.sourceResult("a")["secretString"]?.string == value)
        #expect(try vault.parameter("a")["Value"]?.string == value)
    }

    @Test(
        arguments: [
            (-36_000_000, "Jan 15, 2026, 12:00:00 AM"), (-36_000_001, "Jan 14, 2026, 11:59:59 PM"),
            (7_200_000, "Jan 15, 2026, 12:00:00 PM"), (10_799_999, "Jan 15, 2026, 12:59:59 PM"),
            (10_800_000, "Jan 15, 2026, 1:00:00 PM"),
            // The date of the recording.
            (21_979_794_000, "Sep 26, 2026, 7:29:54 PM"),
            (27_619_200_000, "Dec 1, 2026, 2:00:00 AM"),
        ]
    )
    func `C96: the date is an American's, in UTC, without leading zeros`(
        later: Int64,
        date: String
    ) throws {
        vault.clock.advance(milliseconds: later)
        try vault.create("a")
        #expect(try vault.sourceResult("a")["createdDate"]?.string == date)
    }

    @Test func `A version without labels has no versionStages`() throws {
        try vault.create("a", value: "one", token: Self.id)
        for value in ["two", "three"] { try vault.put(value, on: "a", token: vault.nextToken()) }
        #expect(
            try vault.sourceResult("a:\(Self.id)").names == [
                "ARN", "name", "versionId", "secretString", "createdDate",
            ]
        )
    }
}
