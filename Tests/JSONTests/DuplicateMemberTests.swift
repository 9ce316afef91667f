import JSON
import Testing

@Suite struct DuplicateMemberTests {
    @Test func `The last of several members with one name counts`() throws {
        let value = try JSONParser.parse(#"{"a":1,"b":2,"a":[3]}"#)
        #expect(value.jsonText() == #"{"a":[3],"b":2}"#)
    }

    @Test func `A member named twice is refused where asked, at the second name`() {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse("{\"a\":1,\n \"a\":2}", duplicateMembers: .refused)
        }
        #expect(error?.reason == .duplicateMember)
        #expect(error?.line == 2)
        #expect(error?.column == 2)
    }

    @Test func `A name that an escape spells is the same name`() {
        #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(#"{"a":1,"\u0061":2}"#, duplicateMembers: .refused)
        }
    }

    @Test(arguments: [1, 15, 16, 17, 18, 40])
    func `A member named twice is found among any number of others`(count: Int) {
        for position in 0..<count {
            let members = (0..<count).map { #""k\#($0)":\#($0)"# } + [#""k\#(position)":-1"#]
            let json = "{" + members.joined(separator: ",") + "}"
            let value = try? JSONParser.parse(json)
            guard case .object(let object) = value else {
                Issue.record("not an object")
                return
            }
            #expect(object.members.count == count)
            #expect(object["k\(position)"] == .number(JSONNumber(-1)))
            #expect(throws: JSONSyntaxError.self) {
                try JSONParser.parse(json, duplicateMembers: .refused)
            }
        }
    }

    @Test func `The same name in different objects is no duplicate`() throws {
        let json = #"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#
        #expect(try JSONParser.parse(json, duplicateMembers: .refused).jsonText() == json)
    }

    @Test(arguments: [JSONParser.DuplicateMembers.lastWins, .refused])
    func `An object of 100,000 members keeps each of them`(
        rule: JSONParser.DuplicateMembers
    ) throws {
        let members = (0..<100_000).map { #""member-\#($0)":0"# }
        let json = "{" + members.joined(separator: ",") + "}"
        guard case .object(let object) = try JSONParser.parse(json, duplicateMembers: rule) else {
            Issue.record("not an object")
            return
        }
        #expect(object.members.count == 100_000)
    }

    @Test func `100,000 members of one name leave one`() throws {
        let members = (0..<100_000).map { #""a":\#($0)"# }
        let value = try JSONParser.parse("{" + members.joined(separator: ",") + "}")
        #expect(value.jsonText() == #"{"a":99999}"#)
    }

    @Test func `Names that only Unicode takes for equal stay apart in a large object`() throws {
        // Each name is one of the 2^12 spellings of the same twelve letters.
        let names = (0..<4_096).map { number in
            (0..<12).map { number >> $0 & 1 == 0 ? "\u{E9}" : "e\u{301}" }.joined()
        }
        let json = "{" + names.map { "\"\($0)\":1" }.joined(separator: ",") + "}"
        guard case .object(let object) = try JSONParser.parse(json, duplicateMembers: .refused)
        else {
            Issue.record("not an object")
            return
        }
        #expect(object.members.count == 4_096)
    }

    @Test func `Objects are equal in any order of their members`() throws {
        let names = (0..<100).map { "k\($0)" }
        let forth = JSONObject(names.map { ($0, .string($0)) })
        let back = JSONObject(names.reversed().map { ($0, .string($0)) })
        #expect(forth == back)
        #expect(JSONObject([("a", .null)]) != JSONObject([("b", .null)]))
        #expect(JSONObject([("a", .null)]) != JSONObject([("a", .bool(true))]))
        #expect(JSONObject([("a", .null)]) != JSONObject([("a", .null), ("b", .null)]))
        #expect(try JSONParser.parse("[1,2]") != JSONParser.parse("[2,1]"))
    }

    @Test func `An object made of members with one name keeps the last value`() {
        let object = JSONObject([("a", .null), ("b", .null), ("a", .bool(true))])
        #expect(object.members.map(\.name) == ["a", "b"])
        #expect(object["a"] == .bool(true))
    }
}
