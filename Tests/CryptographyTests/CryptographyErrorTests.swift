import COpenSSL
import Cryptography
import Testing

@Suite struct CryptographyErrorTests {
    @Test func `A failure leaves nothing in the error queue of its thread`() throws {
        let key = try KeyMaterial.random()
        let empty: [UInt8] = []
        let forged = [UInt8](repeating: 1, count: 60)
        let failures: [@Sendable () throws -> Void] = [
            { _ = try AESGCM.open(forged.span, key: key, additionalData: []) },
            { _ = try AESGCM.open(empty.span, key: key, additionalData: []) },
            { _ = try AESGCM.seal([], key: KeyMaterial(bytes: [1]), additionalData: []) },
            { _ = try Scrypt.deriveKey(passphrase: [], salt: [], N: 1 << 20, r: 8, p: 1) },
            { _ = try Scrypt.deriveKey(passphrase: [], salt: [], N: 1 << 62, r: 8, p: 1) },
        ]
        for failure in failures {
            ERR_clear_error()
            #expect(throws: CryptographyError.self) { try failure() }
            #expect(ERR_peek_error() == 0)
        }
    }

    @Test(arguments: [
        (
            CryptographyError.authenticationFailed,
            "AES-256-GCM opening failed: altered data, or another key or additional data"
        ),
        (.wrongKeyLength(.sealing), "AES-256-GCM sealing failed: wrong key length"),
        (.invalidParameter(.keyDerivation), "scrypt failed: parameter out of range"),
        (
            .libraryFailure(.randomBytes, code: 0x1200_0079),
            "random byte generation failed: libcrypto error 12000079"
        ),
    ])
    func `An error says in one line which operation failed`(
        error: CryptographyError,
        sentence: String
    ) {
        #expect("\(error)" == sentence)
    }
}
