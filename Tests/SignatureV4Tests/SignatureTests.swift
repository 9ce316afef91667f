import Testing

@testable import SignatureV4

@Suite("Signature version 4")
struct SignatureTests {
    @Test("AWS's published vectors hold", arguments: SignatureVector.published)
    func published(_ vector: SignatureVector) throws {
        let claim = try vector.claim()
        let secret = SignatureVector.secretAccessKey
        let key = Signature.signingKey(of: secret, for: claim.credential)
        #expect(claim.sign(vector.request, signingKey: key) == vector.signature)
        #expect(claim.isValid(for: vector.request, signingKey: key))
    }

    @Test func `A credential keeps the slashes of its key`() throws {
        let parts = try #require(CredentialParts("a/b/20260115/eu-west-1/kms/aws4_request"))
        #expect(parts.accessKeyID == "a/b")
        #expect(parts.region == "eu-west-1")
        #expect(parts.text == "a/b/20260115/eu-west-1/kms/aws4_request")
        #expect(CredentialParts("20260115/eu-west-1/kms/aws4_request") == nil)
    }
}
