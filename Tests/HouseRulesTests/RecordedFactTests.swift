import Testing

/// The table of what AWS was recorded to do, in docs/compatibility.md: each number has tests that
/// carry it in their names.
@Suite struct RecordedFactTests {
    /// A row of the table.
    struct Fact: Sendable, CustomTestStringConvertible {
        let number: String
        /// What stands under "tests": names of files, or why there is none.
        let tests: String

        var testDescription: String { number }

        /// The names between backticks.
        var files: [String] {
            tests.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }

        /// Whether it is about something that is not built.
        var isNotOffered: Bool { tests.hasPrefix("not offered") }
    }

    static let facts: [Fact] = (SourceTree.text(at: "docs/compatibility.md") ?? "")
        .split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|").map { cell in
                cell.split(separator: " ").joined(separator: " ")
            }
            guard cells.count == 4, let number = cells.first, isNumber(number) else { return nil }
            return Fact(number: number, tests: cells[3])
        }

    private static func isNumber(_ text: String) -> Bool {
        text.hasPrefix("C") && Int(text.dropFirst()) != nil
    }

    @Test func `The table has every number once`() {
        let expected = (16...106).map { "C\($0)" }
        #expect(Self.facts.map(\.number) == expected)
    }

    @Test(arguments: facts)
    func `Each number is in the tests that the table names`(fact: Fact) {
        #expect(fact.isNotOffered || !fact.files.isEmpty, "\(fact.number) names no test")
        for name in fact.files {
            let texts =
                name.hasSuffix(".py")
                ? [SourceTree.text(at: "Tests/Conformance/\(name)") ?? ""]
                : SourceTree.files.filter { $0.path.hasPrefix("Tests/") && $0.name == name }
                    .map { $0.lines.joined(separator: "\n") }
            let carries = texts.contains { $0.words.contains(fact.number) }
            #expect(carries, "\(fact.number) is not in a test of \(name)")
        }
    }
}
