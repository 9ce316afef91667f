import Testing

@testable import PocketvaultServer

@Suite("Signature version 4")
struct SignatureV4Tests {
    @Test("AWS's published vectors hold", arguments: SignatureVector.published)
    func published(_ vector: SignatureVector) throws {
        let claim = try vector.claim()
        let secret = SignatureVector.secretAccessKey
        let key = try SignatureV4.signingKey(of: secret, for: claim.credential)
        #expect(try claim.sign(vector.request, signingKey: key) == vector.signature)
        #expect(try claim.isValid(for: vector.request, signingKey: key))
    }
}
