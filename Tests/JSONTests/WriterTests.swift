import JSON
import Testing

@Suite struct WriterTests {
    /// The text that a sequence of calls writes.
    func text(pretty: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(pretty: pretty)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `The writer places commas and colons itself`() {
        let text = text { writer in
            writer.beginObject()
            writer.name("ARN")
            writer.string("arn:aws")
            writer.name("Versions")
            writer.beginArray()
            writer.string("a")
            writer.beginObject()
            writer.endObject()
            writer.beginArray()
            writer.endArray()
            writer.integer(-5)
            writer.endArray()
            writer.name("CreatedDate")
            writer.number(thousandths: 1_523_477_145_713)
            writer.name("On")
            writer.bool(true)
            writer.name("Off")
            writer.bool(false)
            writer.name("None")
            writer.null()
            writer.endObject()
        }
        #expect(
            text == #"{"ARN":"arn:aws","Versions":["a",{},[],-5],"#
                + #""CreatedDate":1523477145.713,"On":true,"Off":false,"None":null}"#
        )
    }

    @Test(
        arguments: [
            (0, "0"), (1_500, "1.5"), (10, "0.01"), (100, "0.1"), (7, "0.007"), (10_000, "10"),
            (-999, "-0.999"), (-1_000, "-1"), (-1_500, "-1.5"),
            (.max, "9223372036854775.807"), (.min, "-9223372036854775.808"),
        ] as [(Int64, String)]
    )
    func `Thousandths have the decimals that they need`(thousandths: Int64, number: String) {
        #expect(text { $0.number(thousandths: thousandths) } == number)
        let list = text { writer in
            writer.beginArray()
            writer.number(thousandths: thousandths)
            writer.number(thousandths: thousandths)
            writer.endArray()
        }
        #expect(list == "[\(number),\(number)]")
    }

    @Test func `Control characters, quotation marks and backslashes are escaped`() {
        let short = ["\u{08}": "\\b", "\t": "\\t", "\n": "\\n", "\u{0C}": "\\f", "\r": "\\r"]
        for code in UInt8(0)..<0x80 {
            let character = String(Character(Unicode.Scalar(code)))
            let digits = String(code, radix: 16)
            let expected =
                switch character {
                case "\"": "\\\""
                case "\\": "\\\\"
                case _ where code >= 0x20: character
                default: short[character] ?? (code < 16 ? "\\u000" : "\\u00") + digits
                }
            #expect(text { $0.string(character) } == "\"\(expected)\"")
            #expect(text { $0.string("a\(character)é") } == "\"a\(expected)é\"")
        }
    }

    @Test func `Text beyond ASCII and the solidus stay as they are`() {
        #expect(
            text { $0.string("a/b é 秘密 \u{1F511} \u{2028}") } == "\"a/b é 秘密 \u{1F511} \u{2028}\""
        )
    }

    @Test func `Names are escaped as strings are`() {
        let text = text { writer in
            writer.beginObject()
            writer.name("a\"\n")
            writer.null()
            writer.endObject()
        }
        #expect(text == #"{"a\"\n":null}"#)
    }

    @Test(arguments: ["", "a", "a\"b", "\n\n\n", "é", String(repeating: "\0", count: 1_000)])
    func `A string at hand as bytes is written as the string is`(string: String) {
        #expect(text { $0.string(utf8: Array(string.utf8)) } == text { $0.string(string) })
    }

    @Test(arguments: [Int64.min, -1, 0, 7, .max])
    func `Integers are written in full`(value: Int64) {
        #expect(text { $0.integer(value) } == "\(value)")
    }

    @Test func `A value inside a larger document is written in its place`() {
        let policy = JSONValue.object(JSONObject([("Version", .string("2012-10-17"))]))
        let text = text { writer in
            writer.beginArray()
            writer.value(policy)
            writer.value(JSONValue.null)
            writer.endArray()
        }
        #expect(text == #"[{"Version":"2012-10-17"},null]"#)
    }

    @Test func `The pretty form is the one in which AWS gives a policy back`() throws {
        let policy = try JSONParser.parse(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a","b"],
            "Condition":{}},{"Resource":[]}],"Id":5}
            """
        )
        let expected = """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Action" : [ "a", "b" ],
                "Condition" : { }
              }, {
                "Resource" : [ ]
              } ],
              "Id" : 5
            }
            """
        #expect(policy.jsonText(pretty: true) == expected)
    }

    @Test func `A scalar is the same in both forms`() {
        #expect(JSONValue.string("a").jsonText(pretty: true) == "\"a\"")
        #expect(JSONValue.array([]).jsonText(pretty: true) == "[ ]")
    }
}
