import Testing

@Suite("House rules")
struct HouseRulesTests {
    @Test("every file keeps the rule", arguments: Rule.all)
    func everyFileKeeps(_ rule: Rule) {
        let complaints = SourceTree.files.flatMap(rule.complaints)
        let isKept = complaints.isEmpty
        #expect(isKept, "\(complaints.joined(separator: "\n"))")
    }

    @Test("no two targets have a type of one name")
    func typeNamesAreTheirTargets() {
        #expect(TypeNames.shared(among: SourceTree.files) == [])
    }

    @Test(
        "a type of one name in two targets is found",
        arguments: [
            ("package struct Tag {}", "struct Tag {}", true),
            ("@frozen package enum Tag {", "typealias Tag = Int", true),
            ("struct Tag {}", "private struct Tag {}", false),
            ("struct Tag {}", "    struct Tag {}", false),
            ("struct Tag {}", "package import struct Glibc.Tag", false),
            ("struct Tag {}", "extension Tag {}\n// struct Tag", false),
        ]
    )
    func sharedNameIsFound(_ text: String, _ other: String, _ isFound: Bool) {
        let shared = TypeNames.shared(among: [
            SourceFile(path: "Sources/AWS/Tag.swift", text: text),
            SourceFile(path: "Sources/JSON/Other.swift", text: other),
            SourceFile(path: "Sources/AWS/More.swift", text: "struct More {}"),
        ])
        #expect(shared == (isFound ? ["Tag: Sources/AWS/Tag.swift, Sources/JSON/Other.swift"] : []))
    }

    @Test("the tree that is looked at is this project's")
    func treeIsThere() {
        let paths = SourceTree.files.map(\.path)
        #expect(paths.contains("Sources/Threads/Locked.swift"))
        #expect(paths.contains("Tests/HouseRulesTests/HouseRulesTests.swift"))
        #expect(paths.count > 100)
    }

    @Test("every file that is allowed a clock or randomness is still there and still uses it")
    func seamsAreInUse() {
        for (path, reason) in Rule.seams {
            let file = SourceTree.files.first { $0.path == path }
            let code = file.map {
                SourceFile(path: "Sources/X/X.swift", text: $0.code.joined(separator: "\n"))
            }
            let uses = code.map { !Rule.clocksAndChanceHaveSeams.breaches($0).isEmpty } ?? false
            #expect(uses, "\(path) (\(reason)) needs no seam: take it off the list")
        }
    }

    @Test("every target has a row in the import table, and every row a target")
    func importTableIsComplete() {
        let targets = Set(SourceTree.files.compactMap(\.target))
        let rows = Set(Rule.imports.keys)
        #expect(targets.subtracting(rows) == [])
        #expect(rows.subtracting(targets) == [])
    }
}
