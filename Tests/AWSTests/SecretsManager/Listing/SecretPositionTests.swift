import Testing

@testable import AWS

@Suite("Positions in lists of secrets")
struct SecretPositionTests {
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
