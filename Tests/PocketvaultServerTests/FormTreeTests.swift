import JSON
import Testing

@testable import PocketvaultServer

@Suite("Forms as the members of a request")
struct FormTreeTests {
    private func members(_ form: String) -> String {
        JSONValue.object(FormTree.members(FormFields(form.utf8))).jsonText()
    }

    @Test(
        "names with points are structures and lists",
        arguments: [
            ("Action=A&Version=1", "{}"),
            ("UserName=a%20b", #"{"UserName":"a b"}"#),
            ("TagKeys.member.2=b&TagKeys.member.1=a", #"{"TagKeys":["a","b"]}"#),
            ("TagKeys.member.10=b&TagKeys.member.9=a", #"{"TagKeys":["a","b"]}"#),
            (
                "Tags.member.1.Key=k&Tags.member.1.Value=v&Tags.member.2.Key=l",
                #"{"Tags":[{"Key":"k","Value":"v"},{"Key":"l"}]}"#
            ),
            ("Tags.member=", #"{"Tags":[]}"#),
            ("A.B.C=x", #"{"A":{"B":{"C":"x"}}}"#),
        ]
    )
    func read(_ form: String, _ json: String) {
        #expect(members(form) == json)
    }

    @Test(
        "what contradicts itself or makes no sense leaves out what came later",
        arguments: [
            ("A=1&A.B=2", #"{"A":"1"}"#), ("A.B=2&A=1", #"{"A":{"B":"2"}}"#),
            ("A=1&A=2", #"{"A":"1"}"#), ("A..B=1", "{}"), (".A=1", "{}"), ("=1", "{}"),
            ("L.member.x=1&L.member.1=2", #"{"L":["2"]}"#),
            ("L.member.-1=1", #"{"L":["1"]}"#),
            ("L.member.99999999999999999999=1&L.member.1=2", #"{"L":["2"]}"#),
            ("A.B.C.D.E.F.G.H.I=1", "{}"),
        ]
    )
    func hostile(_ form: String, _ json: String) {
        #expect(members(form) == json)
    }

    @Test("thousands of fields are read without ado")
    func many() {
        let form = (1...5_000).map { "Tags.member.\($0).Key=k\($0)" }.joined(separator: "&")
        let object = FormTree.members(FormFields(form.utf8))
        guard case .array(let tags)? = object["Tags"] else {
            Issue.record("no list")
            return
        }
        #expect(tags.count == 5_000)
    }
}
