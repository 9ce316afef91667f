import AccessControl
import Testing

/// A pattern, a text, and whether they match.
struct PatternCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let text: String
    let matches: Bool

    init(_ pattern: String, _ text: String, _ matches: Bool) {
        self.pattern = pattern
        self.text = text
        self.matches = matches
    }

    var testDescription: String { "\(pattern) on \(text): \(matches)" }
}

@Suite struct PatternTests {
    static let cases: [PatternCase] = [
        PatternCase("", "", true),
        PatternCase("", "a", false),
        PatternCase("a", "a", true),
        PatternCase("a", "A", false),
        PatternCase("a", "", false),
        PatternCase("a", "aa", false),
        PatternCase("*", "", true),
        PatternCase("*", "anything at all", true),
        PatternCase("**", "", true),
        PatternCase("**", "x", true),
        PatternCase("?", "", false),
        PatternCase("?", "x", true),
        PatternCase("?", "xy", false),
        PatternCase("??????", "AbCdEf", true),
        PatternCase("??????", "AbCdE", false),
        PatternCase("a*", "a", true),
        PatternCase("a*", "abc", true),
        PatternCase("a*", "ba", false),
        PatternCase("*a", "a", true),
        PatternCase("*a", "ba", true),
        PatternCase("*a", "ab", false),
        PatternCase("a*a", "a", false),
        PatternCase("a*a", "aa", true),
        PatternCase("a*a", "aba", true),
        PatternCase("a*b*c", "abc", true),
        PatternCase("a*b*c", "axxbxxc", true),
        PatternCase("a*b*c", "axxcxxb", false),
        PatternCase("*ab*ab*", "abab", true),
        PatternCase("*ab*ab*", "aab", false),
        PatternCase("*aab*", "aaaab", true),
        PatternCase("*abac*", "ababac", true),
        PatternCase("*?b*", "ab", true),
        PatternCase("*?b*", "b", false),
        PatternCase("*a?c*d", "abdabcxd", true),
        PatternCase("?*?", "ab", true),
        PatternCase("?*?", "a", false),
        PatternCase("*?", "", false),
        PatternCase("a?*", "ab", true),
        PatternCase("a?*", "a", false),
        PatternCase("x*?y", "xay", true),
        PatternCase("x*?y", "xy", false),
        PatternCase("app/*/db-??????", "app/prod/db-AbCdEf", true),
        PatternCase("app/*/db-??????", "app/prod/eu/db-AbCdEf", true),
        PatternCase("app/*/db-??????", "app/prod/db-AbCdEfG", false),
        PatternCase("[a-z]", "b", false),
        PatternCase("a.c", "abc", false),
        PatternCase("\\*", "\\x", true),
        PatternCase("?", "é", true),
        PatternCase("?", "\u{1F600}", true),
        PatternCase("?", "e\u{301}", false),
        PatternCase("\u{E9}", "e\u{301}", false),
        PatternCase("*\u{1F600}*", "a\u{1F600}b", true),
        PatternCase("a*", "a\u{0}b", true),
        PatternCase("arn:aws:*", "arn:aws:s3:::bucket", true),
    ]

    @Test(arguments: cases)
    func `A star stands for any run of characters and a question mark for one`(
        row: PatternCase
    ) throws {
        let pattern = try #require(PolicyPattern(row.pattern, variables: false))
        #expect(pattern.matches(row.text, in: RequestContext()) == row.matches)
    }

    @Test func `Without wildcards a star is a star`() throws {
        let pattern = try #require(PolicyPattern("a*?", wildcards: false, variables: false))
        #expect(pattern.matches("a*?", in: RequestContext()))
        #expect(!pattern.matches("abc", in: RequestContext()))
    }

    @Test func `Case counts unless it is said not to`() throws {
        let pattern = try #require(
            PolicyPattern("Straße*", variables: false, ignoresCase: true)
        )
        #expect(pattern.matches("STRAßE 1", in: RequestContext()))
        #expect(!pattern.matches("Strasse", in: RequestContext()))
    }

    /// Each would take a matcher that tries all ways longer than the universe has lasted.
    @Test(
        arguments: [
            String(repeating: "*a", count: 5000) + "*b",
            String(repeating: "a*", count: 5000) + "b",
            String(repeating: "*", count: 20_000) + "b",
            String(repeating: "?*", count: 5000) + "b",
            String(repeating: "*?", count: 5000) + "ab",
            "*" + String(repeating: "a", count: 9999) + "b*",
        ]
    )
    func `No pattern takes long, however it is made`(text: String) throws {
        let pattern = try #require(PolicyPattern(text, variables: false))
        #expect(!pattern.matches(String(repeating: "a", count: 20_000), in: RequestContext()))
    }

    /// The longest ARN has 2,048 characters.
    @Test(
        arguments: [
            "*" + String(repeating: "?", count: 1000) + "b*",
            "*" + String(repeating: "a?", count: 500) + "b*c",
        ]
    )
    func `Question marks between stars cost no more than their number`(text: String) throws {
        let pattern = try #require(PolicyPattern(text, variables: false))
        #expect(!pattern.matches(String(repeating: "a", count: 2048), in: RequestContext()))
    }

    @Test func `Matching agrees with a matcher that tries every way`() throws {
        var random = SplitMix64(seed: 7)
        var hits = 0
        for _ in 0..<20_000 {
            let pattern = word("aab*?", upTo: 8, using: &random)
            let text = word("aab", upTo: 9, using: &random)
            let matcher = try #require(PolicyPattern(pattern, variables: false))
            let expected = slowMatch(Array(pattern)[...], Array(text)[...])
            if expected { hits += 1 }
            #expect(
                matcher.matches(text, in: RequestContext()) == expected,
                "\(pattern) on \(text)"
            )
        }
        #expect(hits > 2000)
    }
}

private func word(
    _ alphabet: String,
    upTo count: Int,
    using random: inout SplitMix64
) -> String {
    let letters = Array(alphabet)
    return String(
        (0..<Int.random(in: 0...count, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
        }
    )
}

private func slowMatch(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
    switch pattern.first {
    case nil: text.isEmpty
    case "*":
        slowMatch(pattern.dropFirst(), text)
            || !text.isEmpty && slowMatch(pattern, text.dropFirst())
    case "?": !text.isEmpty && slowMatch(pattern.dropFirst(), text.dropFirst())
    case let letter: text.first == letter && slowMatch(pattern.dropFirst(), text.dropFirst())
    }
}
