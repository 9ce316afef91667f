import Testing

@testable import AWS

@Suite("Words of filters")
struct SearchWordsTests {
    @Test(
        "the description filter asks that each word of the value begins a word",
        arguments: [
            ("a", ["a secret", "an secret", "asecret"], ["secret", "one two"]),
            ("a secret", ["a secret", "an secret"], ["asecret"]),
            ("o t", ["one two", "two one"], ["one", "two"]),
            ("ONE", ["one two"], ["two"]),
        ]
    )
    func description(query: String, hits: [String], misses: [String]) {
        for text in hits { #expect(SearchWords(plain: text).match(query), "\(text)") }
        for text in misses { #expect(!SearchWords(plain: text).match(query), "\(text)") }
    }

    @Test(
        "the filter on everything finds words inside names where AWS does",
        arguments: [
            ("SecretOne", ["one", "Secret", "secretone"], ["ret", "cretOne"]),
            ("COMPANYthings", ["COMPAN", "Ythings", "company"], ["things", "N", "pany"]),
            ("prod/app/key", ["app", "prod", "key", "prod/app"], ["pp", "/"]),
            ("prod-AppBeta/key", ["prod"], ["key", "Alpha"]),
            ("plain", ["pl"], ["ain", "-"]),
        ]
    )
    func tokens(name: String, hits: [String], misses: [String]) {
        var words = SearchWords(plain: "")
        words.add(tokenising: name)
        for query in hits { #expect(words.match(query), "\(query)") }
        for query in misses { #expect(!words.match(query), "\(query)") }
    }
}
