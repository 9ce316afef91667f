import Notation
import Testing

/// Base64, percent-encoding, hexadecimal digits and UUIDs.
@Suite struct EncodingTests {
    /// RFC 4648, section 10.
    private static let published = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: published)
    func `Base64 is as RFC 4648 publishes it`(plain: String, encoded: String) {
        #expect(Base64.text(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test(
        arguments: [
            "Z", "Zg", "Zg=", "Zg===", "=Zg=", "Zm9=Zg==", "Zm 9v", "Zm9v\n", "Zm-_", "ä=",
        ]
    )
    func `What is no Base64 with its padding is refused`(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test func `Bits that no byte has are zero, or looked away from`() {
        #expect(Base64.decode("Zh==".utf8) == nil)
        #expect(Base64.decode("Zh==".utf8, spareBits: .ignored) == Array("f".utf8))
    }

    @Test func `Every length and every byte comes back, from the alphabet of URLs too`() {
        for count in 0..<300 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ count) }
            #expect(Base64.decode(Base64.text(bytes).utf8) == bytes)
            let url = Base64.urlText(bytes)
            #expect(Base64.decode(urlText: url) == bytes)
            #expect(!url.contains { "+/=".contains($0) })
        }
    }

    @Test(
        arguments: [
            ("abc-._~XYZ019", "abc-._~XYZ019"), ("a b", "a%20b"), ("/", "%2F"), ("%", "%25"),
            ("ä", "%C3%A4"), ("\u{0}", "%00"), ("+*", "%2B%2A"),
        ]
    )
    func `All but the unreserved characters are escaped, in capital digits`(
        plain: String,
        encoded: String
    ) {
        #expect(PercentEncoding.encode(plain) == encoded)
        #expect(PercentEncoding.decode(encoded.utf8) == Array(plain.utf8))
    }

    @Test func `Further characters can be kept, as the slashes of a path`() {
        #expect(PercentEncoding.encode("/a b/c", keeping: "/") == "/a%20b/c")
    }

    @Test(arguments: ["%", "%4", "a%zz", "%%41"])
    func `A percent sign without its digits stands for itself, or the text is refused`(
        text: String
    ) {
        #expect(PercentEncoding.decode(text.utf8) == nil)
        let kept = PercentEncoding.decode(text.utf8, malformed: .kept)
        #expect(kept == Array(text.replacing("%41", with: "A").utf8))
    }

    @Test func `Hexadecimal digits are small, two for each byte`() {
        #expect(Hexadecimal.string([0, 15, 16, 255]) == "000f10ff")
        #expect(Hexadecimal.bytes("000f10ff") == [0, 15, 16, 255])
        for text in ["0", "0F", "0g", "٠٠", " 00"] { #expect(Hexadecimal.bytes(text) == nil) }
    }

    @Test func `A UUID has its version and its variant`() {
        #expect(
            UUIDText.make(from: (.max, .max), version: 4) == "ffffffff-ffff-4fff-bfff-ffffffffffff"
        )
        #expect(UUIDText.make(from: (0, 0), version: 8) == "00000000-0000-8000-8000-000000000000")
    }
}
