import JSON
import Testing

@Suite struct PositionTests {
    /// A wrong document, the line and column of what is wrong in it.
    static let errors: [(json: String, line: Int, column: Int, reason: JSONSyntaxError.Reason)] = [
        ("", 1, 1, .unexpectedEnd),
        ("x", 1, 1, .valueExpected),
        ("\n\n x", 3, 2, .valueExpected),
        ("\r\n x", 2, 2, .valueExpected),
        ("[1,\n2,\n]", 2, 2, .trailingComma),
        ("{\n  \"a\": 1,\n  \"b\" 2\n}", 3, 7, .colonExpected),
        ("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3, .commaOrBraceExpected),
        ("[\"é\", x]", 1, 7, .valueExpected),
        ("[\"\u{1F600}\", x]", 1, 7, .valueExpected),
        ("[\"a\nb\"]", 1, 4, .controlCharacter),
        ("[\"abc\\q\"]", 1, 6, .invalidEscape),
        ("[\"abc\\ud800\"]", 1, 6, .loneSurrogate),
        ("[\"\\ud800\\u00\"]", 1, 9, .invalidEscape),
        ("[012]", 1, 2, .leadingZero),
        ("[1.x]", 1, 4, .malformedNumber),
        ("[nulx]", 1, 2, .valueExpected),
        ("{}\n}", 2, 1, .contentAfterValue),
        ("[1", 1, 3, .unexpectedEnd),
        ("[1\n", 2, 1, .unexpectedEnd),
    ]

    @Test(arguments: errors)
    func `An error says line, column and what was wrong`(
        json: String,
        line: Int,
        column: Int,
        reason: JSONSyntaxError.Reason
    ) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(json) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.reason == reason)
        #expect(error?.description == "line \(line), column \(column): \(reason)")
    }

    @Test func `A wrong byte is found where it is, before or behind an escape`() {
        let bytes: [UInt8] = Array("[\"ab\\n".utf8) + [0xFF] + Array("\\n\"]".utf8)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(bytes) }
        #expect(error?.offset == 6)
        #expect(error?.reason == .invalidUTF8)
    }

    @Test func `An error's text holds nothing of the document`() {
        let secret = "hunter2"
        let documents = [
            "{\"\(secret)\":1,\"\(secret)\":2}", "\(secret)", "[\"\(secret)\" \"\(secret)\"]",
            "{\"\(secret)\" \"\(secret)\"}", "\"\(secret)\\q\"", "\"\(secret)\n\"", "\"\(secret)",
            "\"\\u\(secret)\"", "{\(secret):1}", "{}\(secret)",
        ]
        for document in documents {
            let error = #expect(throws: JSONSyntaxError.self) {
                try JSONParser.parse(document, duplicateMembers: .refused)
            }
            var dumped = ""
            if let error { dump(error, to: &dumped) }
            #expect(!dumped.contains("hunter"))
            #expect(!"\(String(describing: error)) \(String(reflecting: error))".contains("hunter"))
        }
    }

    static let seed = """
        {
          "version": 1,
          "secrets": [
            { "name": "a", "tags": {} },
            {
              "name": "b",
              "tags": { "é": 5, "x": [10,
                20] }
            }
          ]
        }
        """

    static let places: [(path: [JSONPathStep], line: Int, column: Int)] = [
        ([], 1, 1),
        (["version"], 2, 14),
        (["secrets"], 3, 14),
        (["secrets", 0], 4, 5),
        (["secrets", 0, "tags"], 4, 28),
        (["secrets", 1], 5, 5),
        (["secrets", 1, "name"], 6, 15),
        (["secrets", 1, "tags", "é"], 7, 22),
        (["secrets", 1, "tags", "x", 1], 8, 9),
    ]

    @Test(arguments: places)
    func `A seed's member is found by its path`(path: [JSONPathStep], line: Int, column: Int) {
        let position = JSONLocator.position(of: path, in: Array(Self.seed.utf8))
        #expect(position?.line == line)
        #expect(position?.column == column)
    }

    @Test(
        arguments: [
            ["nothing"], ["secrets", 2], ["secrets", -1], ["secrets", "name"], [0],
            ["version", "a"], ["secrets", 0, "tags", "a"], ["secrets", 1, "tags", "e\u{301}"],
        ] as [[JSONPathStep]]
    )
    func `A path that leads nowhere has no position`(path: [JSONPathStep]) {
        #expect(JSONLocator.position(of: path, in: Array(Self.seed.utf8)) == nil)
    }

    @Test func `Of members with one name the last is found, as the parser takes it`() {
        let position = JSONLocator.position(of: ["a"], in: Array("{\"a\":1,\n\"a\":2}".utf8))
        #expect(position?.line == 2)
    }

    @Test(arguments: ["", " ", "{", "{\"a\"", "{\"a\":", "[1,", "x", "\u{FEFF}{\"a\":1}"])
    func `Looking in what is not JSON finds nothing and does no harm`(json: String) {
        #expect(JSONLocator.position(of: ["a"], in: Array(json.utf8)) == nil)
    }
}
