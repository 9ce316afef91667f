import JSON
import Testing

@Suite struct ParserTests {
    @Test func `A request becomes a value with its members in order`() throws {
        let value = try JSONParser.parse(#"{"SecretId":"app/db","Tags":[{"Key":"a"}],"Max":5}"#)
        guard case .object(let object) = value else {
            Issue.record("not an object")
            return
        }
        #expect(object.members.map(\.name) == ["SecretId", "Tags", "Max"])
        #expect(object["SecretId"] == .string("app/db"))
        #expect(object["Max"] == .number(JSONNumber(5)))
        #expect(object["secretid"] == nil)
    }

    @Test(
        arguments: zip(
            ["null", "true", "false", "0", #""""#, "[]", "{}"],
            [JSONKind.null, .true, .false, .number, .string, .array, .object]
        )
    )
    func `Every value knows its kind`(json: String, kind: JSONKind) throws {
        #expect(try JSONParser.parse(json).kind == kind)
    }

    @Test func `Bytes, a span and a text give the same value`() throws {
        let json = #"{"a":["é",1.50,null]}"#
        let bytes = Array(json.utf8)
        #expect(try JSONParser.parse(bytes) == JSONParser.parse(json))
        #expect(try JSONParser.parse(bytes.span) == JSONParser.parse(json))
    }

    @Test func `A string keeps all its bytes, the null character too`() throws {
        let value = try JSONParser.parse(#""a\u0000b\ud83d\ude00é""#)
        guard case .string(let text) = value else {
            Issue.record("not a string")
            return
        }
        #expect(Array(text.utf8) == Array("a\0b\u{1F600}é".utf8))
    }

    @Test func `Unicode spellings of one character are different strings`() {
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
        #expect(JSONValue.string("\u{E9}") == .string("\u{E9}"))
    }

    @Test func `Every code point below the surrogates reads the same escaped and plain`() throws {
        for code in UInt16(0x20)..<0xD800 {
            guard let scalar = Unicode.Scalar(code), scalar != "\"", scalar != "\\" else {
                continue
            }
            let digits = String(code, radix: 16)
            let escaped = "\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + "\""
            #expect(try JSONParser.parse(escaped) == .string(String(Character(scalar))))
        }
    }

    @Test func `Every surrogate pair is the character it stands for`() throws {
        for code in stride(from: UInt32(0x10000), through: 0x10FFFF, by: 257) {
            let scalar = try #require(Unicode.Scalar(code))
            let units = String(Character(scalar)).utf16.map { "\\u" + String($0, radix: 16) }
            let value = try JSONParser.parse("\"" + units.joined() + "\"")
            #expect(value == .string(String(Character(scalar))))
        }
    }

    @Test(arguments: ["\"", "\\u0041\"", "é\"", "\\ud83d\\ude00\""])
    func `A string of 1 MiB is read whole`(ending: String) throws {
        let body = String(repeating: "0123456789abcdef", count: 65_536)
        let value = try JSONParser.parse("\"" + body + ending)
        guard case .string(let text) = value else {
            Issue.record("not a string")
            return
        }
        #expect(text.utf8.count >= 1_048_576)
        #expect(text.hasPrefix(body))
    }

    @Test func `An array of 1 MiB is read whole and written the same`() throws {
        let json =
            "[" + Array(repeating: #"{"a":[1,"x"]}"#, count: 75_000).joined(separator: ",") + "]"
        #expect(json.utf8.count > 1_048_576)
        #expect(try JSONParser.parse(json).jsonText() == json)
    }
}
