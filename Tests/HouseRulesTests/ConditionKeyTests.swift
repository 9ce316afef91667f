import Testing

/// The table of condition keys against the code that sets them and the page that tells of them.
@Suite struct ConditionKeyTests {
    private static let prefixes = ["aws:", "iam:", "kms:", "secretsmanager:", "sts:"]

    /// The names in `ConditionKey("aws:SourceIp", …)`.
    private static let table = Set(
        SourceTree.files.first { $0.path.hasSuffix("ConditionKey+Table.swift") }?.lines
            .flatMap { line in texts(in: line, after: "ConditionKey(") } ?? []
    )

    /// The texts that follow a word and a quotation mark.
    private static func texts(in line: String, after word: String) -> [String] {
        line.split(separator: "\(word)\"", omittingEmptySubsequences: false).dropFirst()
            .map { String($0.prefix { $0 != "\"" && $0 != "\\" }) }
    }

    @Test func `Every key that the domain sets is in the table`() {
        #expect(Self.table.count > 70)
        var count = 0
        for file in SourceTree.files where file.path.hasPrefix("Sources/AWS/") {
            for line in file.lines {
                let set = Self.texts(in: line, after: "set(")
                for key in set where Self.prefixes.contains(where: { key.hasPrefix($0) }) {
                    count += 1
                    let isOpen = Self.table.contains { row in
                        (row.hasSuffix("/") || row.hasSuffix(":")) && key.hasPrefix(row)
                    }
                    #expect(isOpen || Self.table.contains(key), "\(file.path) sets \(key)")
                }
            }
        }
        #expect(count > 50, "the calls are not found")
    }

    @Test func `Every key of the table is in docs about compatibility`() {
        let lines = (SourceTree.text(at: "docs/compatibility.md") ?? "").split(separator: "\n")
        let rows = lines.filter { $0.hasPrefix("| `") }.joined()
        for key in Self.table.sorted() {
            #expect(rows.contains("`\(key)") || rows.contains("\(key)`"), "\(key) is not there")
        }
    }
}
