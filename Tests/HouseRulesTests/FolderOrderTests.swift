import Testing

@Suite struct FolderOrderTests {
    /// See docs/architecture.md.
    private static let domain = FolderOrder(
        of: "Sources/AWS/",
        [
            ["Calls"], ["IAM", "KMS"], ["STS", "SecretsManager"], ["ECS", "SSM"],
            ["Billing", "CloudTrail", "PolicyTools", "Practice"],
        ],
        in: SourceTree.files
    )

    @Test func `In the domain a folder uses those below it only, and the road knows no service`() {
        let breaches = Self.domain.breaches
        let isKept = breaches.isEmpty
        #expect(isKept, "\(breaches.joined(separator: "\n"))")
    }

    @Test func `Every folder of the domain has its place in the order`() {
        let places = Set(Self.domain.steps.joined())
        #expect(Self.domain.folders.subtracting(places) == [])
    }

    @Test func `Only who reads records of all services asks the list of them`() {
        let users = SourceTree.files.filter { file in
            file.path.hasPrefix("Sources/AWS/") && file.name != "Services"
                && file.code.contains { $0.words.contains("Services") }
        }
        let readers = ["Sources/AWS/CloudTrail/", "Sources/AWS/PolicyTools/"]
        let others = users.map(\.path).filter { path in
            !readers.contains { path.hasPrefix($0) }
        }
        #expect(others == [])
    }

    @Test func `Every service has one card, in the file of its folder's name, and one line`() {
        let cards = SourceTree.files.filter { file in
            file.path.hasPrefix("Sources/AWS/")
                && file.code.contains {
                    $0.hasPrefix("package enum ") && $0.contains(": Service {")
                }
        }
        for file in cards {
            #expect(file.path == "Sources/AWS/\(file.name)/\(file.name).swift")
        }
        #expect(Set(cards.map(\.name)).count == cards.count)
        let list = SourceTree.files.first { $0.path == "Sources/AWS/Services.swift" }?.code ?? []
        let lines = list.filter { $0.contains("ServiceCard(") }.compactMap { line in
            line.words.first { $0 != "ServiceCard" }
        }
        #expect(lines.sorted() == cards.map(\.name).sorted())
        let actions = SourceTree.files.filter { $0.name.hasSuffix("Action") }
            .filter { $0.code.contains { $0.contains(": String, ServiceAction") } }
        #expect(actions.count == cards.count)
    }

    @Test func `A type of a folder that is not below is found, and nothing else`() {
        let order = FolderOrder(
            of: "S/",
            [["Low"], ["A", "B"], ["High"]],
            in: [
                SourceFile(path: "S/Low/X.swift", text: "struct X {}\nprivate enum Hidden {}"),
                SourceFile(path: "S/A/Y.swift", text: "package enum Y {\n    let x: X\n}"),
                SourceFile(
                    path: "S/B/Z.swift",
                    text: "// Y\nstruct Z { let y: Y?; let hidden: Hidden }"
                ),
                SourceFile(path: "S/High/W.swift", text: "let w = (X(), Y(), Z())"),
                SourceFile(path: "S/Top.swift", text: "let top = W()"),
                SourceFile(path: "S/Low/V.swift", text: "extension X { func f(_: Z) {} }"),
            ]
        )
        #expect(
            order.breaches.sorted() == ["S/B/Z.swift:2: Y is of A", "S/Low/V.swift:1: Z is of B"]
        )
        #expect(order.folders == ["A", "B", "High", "Low"])
    }
}
