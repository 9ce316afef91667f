#if canImport(JSON)
import JSON

#endif

extension Corpus {
    /// Documents that RFC 8259 leaves to the parser: what ours makes of them, and why.
    static let choices: [CorpusDocument] = byteOrderMarks + surrogates + numbers + names + depths

    /// A parser may ignore a mark (section 8.1); a document that is not plain UTF-8 is refused.
    private static let byteOrderMarks: [CorpusDocument] = [
        CorpusDocument("a byte order mark", "\u{FEFF}{}", .byteOrderMark),
        CorpusDocument("a byte order mark alone", "\u{FEFF}", .byteOrderMark),
        CorpusDocument("UTF-16, big end first", bytes: [0x00, 0x5B, 0x00, 0x5D], .valueExpected),
        CorpusDocument(
            "UTF-16, little end first",
            bytes: [0x5B, 0x00, 0x5D, 0x00],
            .valueExpected
        ),
        CorpusDocument("UTF-16 with a mark", bytes: [0xFF, 0xFE, 0x5B, 0x00], .valueExpected),
    ]

    /// The grammar allows half a pair (section 8.2), but no UTF-8 could carry it out again.
    private static let surrogates: [CorpusDocument] = [
        CorpusDocument("a first half alone", #""\ud800""#, .loneSurrogate),
        CorpusDocument("a second half alone", #""\udc00""#, .loneSurrogate),
        CorpusDocument("the last second half alone", #""\udfff""#, .loneSurrogate),
        CorpusDocument("a first half before a letter", #""\ud800a""#, .loneSurrogate),
        CorpusDocument("a first half before six letters", #""\ud800abcdef""#, .loneSurrogate),
        CorpusDocument("a first half before an escape", #""\ud800\n""#, .loneSurrogate),
        CorpusDocument(
            "a first half before a letter by number",
            #""\ud800\u0061""#,
            .loneSurrogate
        ),
        CorpusDocument(
            "a first half before the code point E000",
            #""\ud800\ue000""#,
            .loneSurrogate
        ),
        CorpusDocument(
            "a first half before the code point D7FF",
            #""\ud800\ud7ff""#,
            .loneSurrogate
        ),
        CorpusDocument("two first halves", #""\ud800\ud800""#, .loneSurrogate),
        CorpusDocument("a first half before a pair", #""\ud800\ud83d\ude39""#, .loneSurrogate),
        CorpusDocument("a pair in the wrong order", #""\udc00\ud800""#, .loneSurrogate),
        CorpusDocument("a second half behind a pair", #""\ud83d\ude39\ude39""#, .loneSurrogate),
        CorpusDocument("half a pair in a name", #"{"\ud800":1}"#, .loneSurrogate),
        CorpusDocument(
            "a character that is none, by number",
            #""\uffff""#,
            writtenAs: "\"\u{FFFF}\""
        ),
        CorpusDocument("a character that is none", "\"\u{FFFE}\""),
        CorpusDocument("the last plane's character that is none", "\"\u{10FFFE}\""),
    ]

    /// A parser may limit range and precision (section 6); ours keeps the text.
    private static let numbers: [CorpusDocument] = [
        CorpusDocument("the greatest integer", "9223372036854775807"),
        CorpusDocument("one more than the greatest integer", "9223372036854775808"),
        CorpusDocument("a number of forty digits", "1234567890123456789012345678901234567890"),
        CorpusDocument("a fraction of forty digits", "0.1234567890123456789012345678901234567890"),
        CorpusDocument("a number beyond every fraction", "1e400"),
        CorpusDocument("a number below every fraction", "1e-400"),
        CorpusDocument("an exponent of nine digits", "1e999999999"),
        CorpusDocument("an exponent of thirty digits", "-1e999999999999999999999999999999"),
        CorpusDocument("minus zero with a fraction", "-0.0"),
        CorpusDocument("minus zero to a power", "-0e-9"),
    ]

    /// Names should differ (section 4); AWS takes the last value, and the place stays the first's.
    private static let names: [CorpusDocument] = [
        CorpusDocument("a name twice", #"{"a":1,"a":2}"#, writtenAs: #"{"a":2}"#),
        CorpusDocument("a name twice with one value", #"{"a":1,"a":1}"#, writtenAs: #"{"a":1}"#),
        CorpusDocument("an empty name twice", #"{"":1,"":2}"#, writtenAs: #"{"":2}"#),
        CorpusDocument("a name and its escape", #"{"a":1,"\u0061":2}"#, writtenAs: #"{"a":2}"#),
        CorpusDocument(
            "a name twice around another",
            #"{"a":1,"b":2,"a":3}"#,
            writtenAs: #"{"a":3,"b":2}"#
        ),
        CorpusDocument("a name in two Unicode spellings", "{\"\u{E9}\":1,\"e\u{301}\":2}"),
    ]

    /// A parser may limit the depth (section 9); ours has a limit that no stack can be too small for.
    private static let depths: [CorpusDocument] = [
        CorpusDocument("arrays at the limit", nested("[", "]", JSONParser.defaultDepth)),
        CorpusDocument(
            "arrays over the limit",
            nested("[", "]", JSONParser.defaultDepth + 1),
            .tooDeep(maximum: JSONParser.defaultDepth)
        ),
        CorpusDocument(
            "opening brackets only",
            String(repeating: "[", count: 100_000),
            .tooDeep(maximum: JSONParser.defaultDepth)
        ),
        CorpusDocument(
            "opening objects only",
            String(repeating: #"{"":"#, count: 100_000),
            .tooDeep(maximum: JSONParser.defaultDepth)
        ),
        CorpusDocument(
            "opening brackets and braces only",
            String(repeating: #"[{"":"#, count: 50_000),
            .tooDeep(maximum: JSONParser.defaultDepth)
        ),
    ]

    private static func nested(_ opening: String, _ closing: String, _ depth: Int) -> String {
        String(repeating: opening, count: depth) + String(repeating: closing, count: depth)
    }
}
