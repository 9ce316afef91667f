import Notation
import Testing

@Suite("Texts taken apart by their bytes")
struct SpanTextTests {
    @Test(arguments: [
        ("a:b:c", ["a", "b", "c"]), (":a::", ["", "a", "", ""]), ("", [""]), ("a", ["a"]),
        ("ä:€", ["ä", "€"]), (":\u{301}", ["", "\u{301}"]),
    ])
    func `Parts stand between the separators, empty ones too`(text: String, parts: [String]) {
        #expect(text.parts(between: UInt8(ascii: ":")) == parts)
    }

    @Test func `The last part has the rest`() {
        #expect("a:b:c:d".parts(between: UInt8(ascii: ":"), limit: 2) == ["a", "b:c:d"])
        #expect("a:b".parts(between: UInt8(ascii: ":"), limit: 2) == ["a", "b"])
        #expect("a:b".parts(between: UInt8(ascii: ":"), limit: 1) == ["a:b"])
    }

    @Test(arguments: [
        ("AWS4", 0, true), ("HMAC", 5, true), ("HMAC-", 5, false), ("aws4", 0, false),
    ])
    func `A word is found where it stands whole`(word: String, start: Int, isThere: Bool) {
        let found = "AWS4-HMAC".utf8.span.has(word, at: start)
        #expect(found == isThere)
    }

    @Test(arguments: [("AWS4", true), ("AWS", false), ("AWS4-", false)])
    func `A text is a word when nothing else is in it`(word: String, isText: Bool) {
        let found = "AWS4".utf8.span.isText(word)
        #expect(found == isText)
    }

    @Test(arguments: [("-", 4), ("A", 0), ("=", nil)])
    func `The first place of a byte is found`(character: String, place: Int?) {
        let found = "AWS4-HMAC".utf8.span.first(Array(character.utf8)[0])
        #expect(found == place)
    }

    @Test(arguments: [
        ("a/b/c/d/e", [1, 3, 5, 7]), ("////", [0, 1, 2, 3]), ("/a/b/c/d/", [2, 4, 6, 8]),
        ("a/b/c/d", nil), ("", nil),
    ])
    func `The last four places of a byte are found, or too few`(text: String, places: [Int]?) {
        let found = text.utf8.span.lastFourPlaces(of: UInt8(ascii: "/"))
        #expect(found.map { places in places.indices.map { places[$0] } } == places)
    }

    @Test(
        arguments: [
            (0, 1, "0"), (0, 3, "000"), (7, 3, "007"), (1_234, 3, "1234"), (10, 1, "10"),
            (.max, 1, "18446744073709551615"),
        ] as [(UInt64, Int, String)]
    )
    func `Numbers are written in at least so many digits`(
        number: UInt64,
        digits: Int,
        text: String
    ) {
        var bytes: [UInt8] = Array("x".utf8)
        bytes.append(decimal: number, digits: digits)
        #expect(String(decoding: bytes, as: UTF8.self) == "x" + text)
    }

    @Test(arguments: [("  a b ", "a b"), ("   ", ""), ("", ""), ("a", "a")])
    func `Spaces around a text are left out`(text: String, trimmed: String) {
        let bytes = text.utf8.span
        let found = bytes.extracting(bytes.trimmed).text
        #expect(found == trimmed)
    }

    @Test func `Bytes that are no text are an empty one`() {
        let bytes: [UInt8] = [0x61, 0xFF]
        let text = bytes.span.text
        #expect(text.isEmpty)
    }
}
