import Notation
import Testing

@Suite("Page tokens")
struct PageTokenTests {
    @Test("a token brings back the position of its own query")
    func roundTrip() {
        let token = PageToken(query: "name|asc", position: "7,nprod/ä")
        #expect(PageToken(token.text, query: "name|asc") == token)
    }

    @Test("a token of another query is refused")
    func otherQuery() {
        let token = PageToken(query: "name|asc", position: "7,nprod")
        #expect(PageToken(token.text, query: "name|desc") == nil)
    }

    @Test(
        "what is no token is refused",
        arguments: ["", "x", "%%%", "AAAA", "e30", "MS43LG54", "\u{1F600}"]
    )
    func garbage(text: String) {
        #expect(PageToken(text, query: "q") == nil)
    }
}
