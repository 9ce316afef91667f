import AWS
import JSON
import TestSupport
import Testing

@Suite struct DecodeAuthorizationMessageTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault()
    }

    @Test func `C45: nothing was encoded here, so nothing is decoded`() {
        let refused = vault.refusal(
            ofSTS: .decodeAuthorizationMessage,
            ["EncodedMessage": "NotEncodedHere"]
        )
        #expect(refused?.code == "InvalidAuthorizationMessageException")
    }

    @Test func `The message is bounded`() {
        #expect(
            vault.refusal(ofSTS: .decodeAuthorizationMessage, ["EncodedMessage": ""])
                == Refusal.constraint("''", "encodedMessage", atLeast(1)).inQuery
        )
    }
}
