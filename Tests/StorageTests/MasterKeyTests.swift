import Cryptography
import Notation
import Testing

@testable import Storage

@Suite struct MasterKeyTests {
    // RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `Base64 is written and read as the standard says`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8).span) == Array(text.utf8))
        #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test(arguments: ["Zg", "Zg=", "Zg===", "=Zg=", "Z===", "Zh==", "Zg==Zg==", "Zm9v\n", "Zm-_"])
    func `What is not base64 is refused`(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test func `Every byte survives base64`() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(bytes.span)) == bytes)
    }

    @Test func `A key is read raw, in base64, and with white space around it`() throws {
        let bytes = try SecureRandom.bytes(32)
        let text = Base64.encode(bytes.span)
        for contents in [bytes, text, text + [0x0A], [0x20] + text + [0x0D, 0x0A]] {
            let key = try #require(MasterKey(parsing: contents))
            #expect(key.material.withBytes { $0.withUnsafeBufferPointer { Array($0) } } == bytes)
        }
    }

    @Test(arguments: ["", " ", "AAAA", String(repeating: "A", count: 43)])
    func `A text without a key is refused by the name of its holder`(text: String) {
        let error = #expect(throws: VaultOpeningError.self) {
            try MasterKeySource.base64(text, from: "POCKETVAULT_MASTER_KEY")
        }
        #expect(error?.reason == .malformedMasterKey)
        #expect(error?.description.hasPrefix("POCKETVAULT_MASTER_KEY does not hold") == true)
    }

    @Test func `A check value is opened by its own key only`() throws {
        let key = try #require(MasterKey(try KeyMaterial.random()))
        let other = try #require(MasterKey(try KeyMaterial.random()))
        let check = try key.makeCheckValue()
        #expect(key.matches(check))
        #expect(!other.matches(check))
        #expect(!key.matches([]))
    }

    @Test func `The cost of a passphrase survives its encoding`() {
        let cost = PassphraseCost.recommended
        #expect(PassphraseCost(bytes: cost.bytes) == cost)
        #expect(PassphraseCost(bytes: []) == nil)
    }
}
