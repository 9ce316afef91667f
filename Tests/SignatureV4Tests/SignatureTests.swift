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

    @Test(arguments: [
        ("////", "", "", ""), ("/d/r/s/t", "", "d", "t"), ("//d/r/s/t", "/", "d", "t"),
        ("k/d/r/s/", "k", "d", ""),
    ])
    func `Parts of a credential may be empty`(
        text: String,
        key: String,
        date: String,
        terminator: String
    ) throws {
        let parts = try #require(CredentialParts(text))
        #expect(parts.accessKeyID == key)
        #expect(parts.date == date)
        #expect(parts.terminator == terminator)
        #expect(parts.text == text)
    }

    @Test(arguments: ["", "///", "k/d/r/s"])
    func `What has fewer than five parts is no credential`(text: String) {
        #expect(CredentialParts(text) == nil)
    }
}
