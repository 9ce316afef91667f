import AWS
import JSON
import Notation
import Testing

@testable import PocketvaultServer

@Suite("Forms as the members of a request")
struct FormTreeTests {
    private func members(_ form: String) throws -> String {
        JSONValue.object(try FormTree.members(FormFields(form.utf8))).jsonText()
    }

    @Test(
        "names with points are structures and lists",
        arguments: [
            ("Action=A&Version=1", "{}"),
            ("UserName=a%20b", #"{"UserName":"a b"}"#),
            ("TagKeys.member.2=b&TagKeys.member.1=a", #"{"TagKeys":["a","b"]}"#),
            ("TagKeys.member.3=b&TagKeys.member.02=a", #"{"TagKeys":[null,"a","b"]}"#),
            (
                "Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.2.Key=l",
                #"{"Tags":[{"Key":"k","Value":"v"},{"Key":"l"}]}"#
            ),
            ("Tags.member=", #"{"Tags":[]}"#),
            ("A.B.C=x", #"{"A":{"B":{"C":"x"}}}"#),
        ]
    )
    func read(_ form: String, _ json: String) throws {
        #expect(try members(form) == json)
    }

    @Test(
        "what contradicts itself or makes no sense leaves out what came later",
        arguments: [
            ("A=1&A.B=2", #"{"A":"1"}"#), ("A.B=2&A=1", #"{"A":{"B":"2"}}"#),
            ("A=1&A=2", #"{"A":"1"}"#), ("A..B=1", "{}"), (".A=1", "{}"), ("=1", "{}"),
            ("L.member.1=1&L.member.01=2", #"{"L":["1"]}"#),
            ("A.B.C.D.E.F.G.H.I=1", "{}"),
        ]
    )
    func hostile(_ form: String, _ json: String) throws {
        #expect(try members(form) == json)
    }

    @Test(
        "C79: elements of lists are numbered from 1, without large gaps",
        arguments: [
            ("L.member.one=1", "Start of list found where not expected"),
            ("L.member.%2B1=1", "Start of list found where not expected"),
            ("L.member.1a=1", "Start of list found where not expected"),
            (
                "L.member.99999999999999999999=1", "Start of list found where not expected"
            ),
            ("L.member.0=1", "0 is not a valid index"),
            ("L.member.-1=1", "Key -1 may not have a leading '-'"),
            ("L.member.12=1", "Excessively sparse input would skip 11 list elements"),
            (
                "L.member.1=1&L.member.12=1",
                "Excessively sparse input would skip 11 list elements"
            ),
            (
                "L.member.2=1&L.member.100=1",
                "Excessively sparse input would skip 98 list elements"
            ),
        ]
    )
    func numbers(_ form: String, _ sentence: String) {
        let error = #expect(throws: APIError.self) { try members(form) }
        #expect(error?.code.rawValue == "MalformedInput")
        #expect(error?.message == sentence)
    }

    @Test(
        "C79: a small gap leaves elements that are nothing",
        arguments: [
            ("L.member.11=k", 11), ("L.member.1=a&L.member.11=k", 11), ("L.member.01=a", 1),
        ]
    )
    func gaps(_ form: String, _ count: Int) throws {
        guard case .array(let list)? = try FormTree.members(FormFields(form.utf8))["L"] else {
            Issue.record("no list")
            return
        }
        #expect(list.count == count)
    }

    @Test("thousands of fields are read without ado")
    func many() throws {
        let form = (1...5_000).map { "Tags.member.\($0).Key=k\($0)" }.joined(separator: "&")
        let object = try FormTree.members(FormFields(form.utf8))
        guard case .array(let tags)? = object["Tags"] else {
            Issue.record("no list")
            return
        }
        #expect(tags.count == 5_000)
    }
}
