import Cryptography
import Notation
import Testing

@Suite struct SHA256Tests {
    /// The messages that NIST published with FIPS 180-4, and the empty one.
    private static let published: [(message: String, digits: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: published.indices)
    func `A published message has the published hash`(index: Int) {
        let (message, digits) = Self.published[index]
        #expect(SHA256.hash([UInt8](text: message)) == [UInt8](hexadecimal: digits))
        #expect(SHA256.hexadecimal([UInt8](text: message)) == digits)
    }

    @Test func `Every byte is written as its two lower-case digits`() {
        let bytes = [UInt8](0...255)
        let digits = Hexadecimal.string(bytes)
        #expect([UInt8](hexadecimal: digits) == bytes)
        #expect(digits == digits.lowercased())
        #expect(Hexadecimal.string([]) == "")
    }
}
