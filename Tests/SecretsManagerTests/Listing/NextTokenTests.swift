@testable import AWS
import Testing

@Suite("Next tokens")
struct NextTokenTests {
    @Test("a token brings back the position of its own query")
    func roundTrip() throws {
        let token = NextToken(query: "name|asc", position: "7,nprod/ä")
        #expect(try NextToken(token.text, query: "name|asc") == token)
    }

    @Test("a token of another query is refused")
    func otherQuery() {
        let token = NextToken(query: "name|asc", position: "7,nprod")
        let error = #expect(throws: APIError.self) {
            try NextToken(token.text, query: "name|desc")
        }
        #expect(error == .invalidNextToken)
    }

    @Test(
        "what is no token is refused",
        arguments: ["", "x", "%%%", "AAAA", "e30", "MS43LG54", "\u{1F600}"]
    )
    func garbage(text: String) {
        let error = #expect(throws: APIError.self) { try NextToken(text, query: "q") }
        #expect(error == .invalidNextToken)
    }

    @Test(
        "a position is written and read back",
        arguments: [
            SecretPosition(key: .date(0), id: 1),
            SecretPosition(key: .date(1_700_000_000_123), id: 42),
            SecretPosition(key: .name("a,b/c"), id: 3),
            SecretPosition(key: .name("n"), id: 9),
        ]
    )
    func position(position: SecretPosition) throws {
        #expect(try SecretPosition(tokenText: position.tokenText) == position)
    }
}
