import Testing

/// What each operation of each service has: a file, tests, and a word in docs/compatibility.md.
@Suite struct ActionCoverageTests {
    /// The rows of the tables of docs/compatibility.md, as words, by their first cells.
    private static let rows: [(cell: String, words: [String])] =
        (SourceTree.text(at: "docs/compatibility.md") ?? "").split(separator: "\n")
        .filter { $0.hasPrefix("|") }
        .map { line in
            let cells = line.split(separator: "|", maxSplits: 1)
            let first = cells.first.map { $0.split(separator: " ").joined(separator: " ") } ?? ""
            return (first, (cells.dropFirst().first.map(String.init) ?? "").words)
        }

    /// The operations that a service's row of names has.
    private static func names(in service: ServiceCoverage) -> [String] {
        rows.first { $0.cell == service.name }?.words ?? []
    }

    @Test func `Every service is in the table, with all of its actions`() {
        let counts = ServiceCoverage.all.map { ($0.name, $0.actions.count) }
        #expect(counts.allSatisfy { $0.1 > 0 }, "\(counts)")
        #expect(counts.map(\.1).reduce(0, +) > 100)
        let declared = SourceTree.files.filter { file in
            file.path.hasPrefix("Sources/")
                && file.code.contains { $0.contains(": String, ServiceAction") }
        }
        #expect(declared.count == ServiceCoverage.all.count, "\(declared.map(\.path))")
    }

    @Test(arguments: ServiceCoverage.all)
    func `Every action has one file, of its name`(service: ServiceCoverage) {
        for (action, name) in service.actions.sorted(by: { $0.key < $1.key }) {
            let files = service.files(of: action)
            let paths = files.map(\.path)
            #expect(paths.count == 1, "\(name) has these files in \(service.folder): \(paths)")
            guard let file = files.first, ServiceCoverage.isOfOneAction(file) else { continue }
            let expected = service.otherNames[name] ?? name
            let hasItsName = file.name.lowercased() == expected.lowercased()
            #expect(hasItsName, "\(file.path) holds \(name): give it that name")
        }
    }

    @Test(arguments: ServiceCoverage.all)
    func `Every action has tests that call it`(service: ServiceCoverage) {
        let paths = Set(SourceTree.files.map(\.path))
        for (action, name) in service.actions.sorted(by: { $0.key < $1.key }) {
            let isCalled = !service.testFiles(calling: action).isEmpty
            #expect(isCalled, "no test in \(service.testFolder) calls \(name)")
            guard service.tests == .byOperation else { continue }
            for file in service.files(of: action) {
                let test = "\(service.testFolder)\(file.name)Tests.swift"
                let hasTests = paths.contains(test)
                #expect(hasTests, "\(name) has no tests: write \(test)")
            }
        }
    }

    @Test(arguments: ServiceCoverage.all)
    func `Every action has its word in docs about compatibility`(service: ServiceCoverage) {
        let rows = Set(Self.rows.map(\.cell))
        let listed = Set(Self.names(in: service))
        for name in service.actions.values.sorted() {
            let hasRow = service.hasRowPerAction ? rows.contains(name) : listed.contains(name)
            #expect(hasRow, "\(name) of \(service.name) is not in docs/compatibility.md")
        }
        guard !service.hasRowPerAction else { return }
        let unknown = listed.subtracting(service.actions.values)
        #expect(unknown.isEmpty, "docs/compatibility.md has them and \(service.name) does not")
    }

    @Test(
        arguments: [
            ("    package static let action = KMSAction.createKey", ["createKey"]),
            ("        Holder.action(user: .tagUser, role: .tagRole)", ["tagUser", "tagRole"]),
            (
                "    static var action: A { Holder.action(user: .tagUser, role: .tagRole) }",
                ["tagUser", "tagRole"]
            ),
            ("        return Permission.creating(Self.action, .createKey, target)", []),
            ("        case .createKey: { $0.run(CreateKey.self) }", []),
        ] as [(String, [String])]
    )
    func `A declaration is told from a use`(line: String, actions: [String]) {
        #expect(ServiceCoverage.actions(declaredIn: line.words) == actions)
    }

    @Test(arguments: [
        ("vault.kms(.createKey)", true), ("for action in [KMSAction.createKey, .x]", true),
        ("vault.kms(.createKeyring)", false), ("createKey()", false),
    ])
    func `A call is told from a longer name`(line: String, calls: Bool) {
        #expect(ServiceCoverage.namesAfterDots(in: line).contains("createKey") == calls)
    }
}
