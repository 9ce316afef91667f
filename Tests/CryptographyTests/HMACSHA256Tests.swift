import COpenSSL
import Cryptography
import Notation
import Testing

@Suite struct HMACSHA256Tests {
    private struct Vector {
        let key: [UInt8]
        let message: [UInt8]
        let code: [UInt8]

        init(key: [UInt8], message: [UInt8], code: String) {
            self.key = key
            self.message = message
            self.code = [UInt8](hexadecimal: code)
        }
    }

    /// RFC 4231, test cases 1 to 7 (of the fifth it publishes 16 bytes), then no key, no message.
    private static let published = [
        Vector(
            key: [UInt8](repeating: 0x0B, count: 20),
            message: [UInt8](text: "Hi There"),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Vector(
            key: [UInt8](text: "Jefe"),
            message: [UInt8](text: "what do ya want for nothing?"),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 20),
            message: [UInt8](repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        Vector(
            key: [UInt8](1...25),
            message: [UInt8](repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        Vector(
            key: [UInt8](repeating: 0x0C, count: 20),
            message: [UInt8](text: "Test With Truncation"),
            code: "a3b6167473100ee06e0c796c2955552b"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            message: [UInt8](text: "Test Using Larger Than Block-Size Key - Hash Key First"),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            message: [UInt8](
                text: "This is a test using a larger than block-size key and a larger than "
                    + "block-size data. The key needs to be hashed before being used by the "
                    + "HMAC algorithm."
            ),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
        Vector(
            key: [],
            message: [],
            code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        ),
    ]

    @Test(arguments: published.indices)
    func `A published message has the published code`(index: Int) throws {
        let vector = Self.published[index]
        let code = HMACSHA256.authenticate(vector.message, key: vector.key)
        #expect(code.count == HMACSHA256.byteCount)
        #expect(Array(code.prefix(vector.code.count)) == vector.code)
        let key = KeyMaterial(bytes: vector.key)
        #expect(HMACSHA256.authenticate(vector.message, key: key) == code)
    }

    /// A key is hashed from 65 bytes on; a message fills the hash's blocks of 64 or not.
    @Test(arguments: [0, 1, 31, 32, 63, 64, 65, 127, 128, 129, 500])
    func `A code is libcrypto's own for any length of key and message`(keyLength: Int) {
        let key = (0..<keyLength).map { UInt8(truncatingIfNeeded: $0 * 7 + 1) }
        let repeated = RepeatedHMAC(key: key.span)
        for length in [0, 1, 55, 56, 63, 64, 65, 119, 120, 128, 1_000] {
            let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 13 + 5) }
            let code = reference(message, key)
            #expect(HMACSHA256.authenticate(message, key: key) == code, "\(length)")
            let words = repeated.authenticate(message)
            #expect(withUnsafeBytes(of: words) { Array($0) } == code, "\(length)")
        }
    }

    /// By the way that finds the algorithm by its name.
    private func reference(_ message: [UInt8], _ key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
        // For a null key it would take one that it has not.
        let address = key.isEmpty ? [0] : key
        EVP_Q_mac(
            nil,
            "HMAC",
            nil,
            "SHA256",
            nil,
            address,
            key.count,
            message,
            message.count,
            &code,
            code.count,
            nil
        )
        return code
    }

    @Test func `An empty key is not the key of the call before`() throws {
        let empty = HMACSHA256.authenticate([1], key: [] as [UInt8])
        _ = HMACSHA256.authenticate([1], key: [9, 9, 9])
        #expect(HMACSHA256.authenticate([1], key: [] as [UInt8]) == empty)
        #expect(HMACSHA256.authenticate([1], key: [9, 9, 9]) != empty)
    }

    @Test func `Codes as keys of codes give the signing key that AWS publishes`() throws {
        var key = [UInt8](text: "AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        for step in ["20120215", "us-east-1", "iam", "aws4_request"] {
            key = HMACSHA256.authenticate([UInt8](text: step), key: key)
        }
        let published = "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"
        #expect(Hexadecimal.string(key) == published)
    }

    @Test func `Eight threads get each the code of their own message`() throws {
        let expected = (0..<8).map { index in
            HMACSHA256.authenticate([UInt8(index)], key: [UInt8(index), 1])
        }
        let rightCounts = onThreads(8) { index in
            (0..<1_000).count { _ in
                let code = HMACSHA256.authenticate([UInt8(index)], key: [UInt8(index), 1])
                return code == expected[index]
            }
        }
        #expect(rightCounts == [Int](repeating: 1_000, count: 8))
    }
}
