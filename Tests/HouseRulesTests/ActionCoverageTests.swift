import Testing

@Suite("What each operation has")
struct ActionCoverageTests {
    private static let folder = "Sources/AWS/SecretsManager/Operations/"

    /// The names in `case createSecret = "CreateSecret"`, by the case.
    private static let actions: [String: String] = {
        let text = SourceTree.text(at: "Sources/AWS/SecretsManager/Action.swift") ?? ""
        var actions: [String: String] = [:]
        for line in text.split(separator: "\n") where line.contains(" = \"") {
            let words = String(line).words
            if words.count == 3, words[0] == "case" { actions[words[1]] = words[2] }
        }
        return actions
    }()

    private static let operations = SourceTree.files.filter { $0.path.hasPrefix(folder) }

    /// The file whose operation has `Action.name`.
    private static func file(of action: String) -> SourceFile? {
        operations.first { file in
            file.code.contains { $0.contains("let action = Action.\(action)") }
        }
    }

    @Test("there are actions")
    func thereAre() {
        #expect(Self.actions["createSecret"] == "CreateSecret")
        #expect(Self.actions.count >= 14)
    }

    @Test("every action has a file, a test file and a row in docs/compatibility.md")
    func everyActionIsCovered() {
        let rows = Self.rows(of: SourceTree.text(at: "docs/compatibility.md") ?? "")
        let paths = Set(SourceTree.files.map(\.path))
        for (action, name) in Self.actions.sorted(by: { $0.key < $1.key }) {
            guard let file = Self.file(of: action) else {
                Issue.record("\(name) has no file in \(Self.folder)")
                continue
            }
            let hasItsName = file.name.lowercased() == name.lowercased()
            #expect(hasItsName, "\(file.path) holds \(name): give it that name")
            let test = "Tests/SecretsManagerTests/Operations/\(file.name)Tests.swift"
            let hasTests = paths.contains(test)
            #expect(hasTests, "\(name) has no tests: write \(test)")
            let hasRow = rows.contains(name)
            #expect(hasRow, "\(name) has no row in docs/compatibility.md: write one")
        }
    }

    /// The first cells of the rows of Markdown tables.
    private static func rows(of text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { $0.hasPrefix("|") }
                .compactMap { $0.split(separator: "|").first.map(String.init)?.words.first }
        )
    }
}
