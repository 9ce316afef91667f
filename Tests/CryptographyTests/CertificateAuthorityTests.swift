import Cryptography
import Testing

/// Authorities, certificates and keys, as texts and as they are used.
@Suite struct CertificateAuthorityTests {
    private static let now: Int64 = 1_790_000_000
    private static let day: Int64 = 86_400

    private func authority() throws -> CertificateAuthority {
        try CertificateAuthority.make(called: "Tests", at: Self.now, days: 3_650)
    }

    private func identity(_ names: [CertificateAuthority.Name]) throws -> ServerIdentity {
        try authority().identity(of: names, at: Self.now, days: 90)
    }

    @Test func `An authority is the same again from its texts`() throws {
        let authority = try authority()
        let texts = (try authority.certificate.pem(), try authority.key.pem())
        let again = try CertificateAuthority(
            Certificate.all(pem: texts.0)[0],
            key: PrivateKey(pem: texts.1)
        )
        #expect(try again.certificate.pem() == texts.0)
        #expect(try again.key.pem() == texts.1)
        #expect(again.certificate.isAuthority)
    }

    @Test func `A certificate is for the names that it was asked for, and no others`() throws {
        let own = try identity([
            .host("localhost"), .host("*.vault.test"), .address("127.0.0.1"), .address("::1"),
        ]).certificates[0]
        for name in ["localhost", "LOCALHOST", "a.vault.test", "127.0.0.1", "::1"] {
            #expect(own.isFor(host: name), "\(name)")
        }
        for name in ["vault.test", "a.b.vault.test", "127.0.0.2", "::2", "Pocketvault", "host"] {
            #expect(!own.isFor(host: name), "\(name)")
        }
        #expect(!own.isAuthority)
    }

    @Test(arguments: ["", "a,DNS:b", "a\nb", "a b", "é", "a;b", "@section", "a/b"])
    func `What is no name gets into no certificate`(name: String) throws {
        #expect(throws: TLSError.noName(name)) { try identity([.host(name)]) }
    }

    @Test func `An address that is none gets into no certificate`() throws {
        #expect(throws: TLSError.self) { try identity([.address("1.2.3")]) }
    }

    @Test func `A certificate ends when its days are over`() throws {
        let own = try identity([.host("localhost")]).certificates[0]
        #expect(!own.hasEnded(at: Self.now))
        #expect(!own.hasEnded(at: Self.now + 90 * Self.day - 1))
        #expect(own.hasEnded(at: Self.now + 90 * Self.day + 1))
    }

    @Test func `No two certificates have one number or one key`() throws {
        let texts = try (0..<20).map { _ in
            try identity([.host("localhost")]).certificates[0].pem()
        }
        #expect(Set(texts).count == 20)
    }

    @Test func `A key of another certificate, and a certificate of no authority, make none`() throws
    {
        let authority = try authority()
        let other = try PrivateKey.make()
        #expect(throws: TLSError.otherKey) {
            try CertificateAuthority(authority.certificate, key: other)
        }
        #expect(throws: TLSError.otherKey) {
            try ServerIdentity([authority.certificate], key: other)
        }
        #expect(throws: TLSError.noCertificate) { try ServerIdentity([], key: other) }
    }

    @Test(arguments: ["", "text", "-----BEGIN CERTIFICATE-----\n", "\0"])
    func `A text without either is refused, and the next one is read`(text: String) throws {
        #expect(throws: TLSError.noCertificate) { try Certificate.all(pem: Array(text.utf8)) }
        #expect(throws: TLSError.noKey) { try PrivateKey(pem: Array(text.utf8)) }
        let authority = try authority()
        #expect(try Certificate.all(pem: authority.certificate.pem()).count == 1)
    }

    @Test func `All certificates of a text are read, in their order`() throws {
        let texts = try [authority(), authority()].map { try $0.certificate.pem() }
        let read = try Certificate.all(pem: Array("# first\n".utf8) + texts[0] + texts[1])
        #expect(try read.map { try $0.pem() } == texts)
    }

    @Test func `A key under a passphrase is told from none, and nobody is asked for it`() {
        // As `openssl genpkey -algorithm ED25519 -aes256` writes one; the passphrase is of no use.
        let text = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhGWPBhdsijEQICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEBPTjCULvCRnzwPOYFFH7OwEQHxD
            ZF1hGjULBAVlxGxzqYh/mgVHlGG+39o2k+ioRgczDbiWXhgN86oSOS81+QKO1ooN
            N167y08gmCGWKhmqT4Y=
            -----END ENCRYPTED PRIVATE KEY-----
            """
        #expect(throws: TLSError.lockedKey) { try PrivateKey(pem: Array(text.utf8)) }
    }
}
