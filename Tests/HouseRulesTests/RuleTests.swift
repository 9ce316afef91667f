import Testing

/// Each rule can fail: snippets that keep it and snippets that break it.
@Suite("The rules themselves")
struct RuleTests {
    /// A file, and how often it breaks the rule.
    struct Snippet: Sendable, CustomTestStringConvertible {
        let rule: Rule
        let breaches: Int
        let path: String
        let text: String

        init(_ rule: Rule, _ breaches: Int, _ text: String, at path: String = "Sources/AWS/A.swift")
        {
            self.rule = rule
            self.breaches = breaches
            self.path = path
            self.text = text
        }

        var testDescription: String { "\(rule.sentence): \(text.prefix(40))" }
    }

    static let snippets: [Snippet] = [
        Snippet(.nothingIsPublic, 1, "public struct A {}"),
        Snippet(.nothingIsPublic, 1, "open class A {}"),
        Snippet(.nothingIsPublic, 1, "public import JSON"),
        Snippet(.nothingIsPublic, 0, "package struct A {}\n// public\nlet a = \"public\""),
        Snippet(.nothingIsPublic, 0, "let secret = try open(version)"),
        Snippet(.nothingIsPublic, 0, "public struct A {}", at: "Tests/ATests/A.swift"),
        Snippet(
            .nothingIsPublic,
            0,
            "public struct A {}",
            at: "Sources/PocketvaultTesting/A.swift"
        ),

        Snippet(.commandsSayTheirNames, 1, "let c = CommandConfiguration(abstract: \"Get.\")"),
        Snippet(.commandsSayTheirNames, 1, "let c = CommandConfiguration(\n    abstract: \"Get.\""),
        Snippet(.commandsSayTheirNames, 0, "let c = CommandConfiguration(commandName: \"get\")"),
        Snippet(
            .commandsSayTheirNames,
            0,
            "let c = CommandConfiguration(\n    commandName: \"get\","
        ),

        Snippet(.importsKeepToTheTable, 1, "import Foundation"),
        Snippet(.importsKeepToTheTable, 1, "internal import CSQLite"),
        Snippet(.importsKeepToTheTable, 1, "@preconcurrency import Dispatch"),
        Snippet(.importsKeepToTheTable, 1, "import struct Foundation.Data"),
        Snippet(.importsKeepToTheTable, 1, "import JSON", at: "Sources/HTTPServer/A.swift"),
        Snippet(.importsKeepToTheTable, 1, "import JSON", at: "Sources/Unknown/A.swift"),
        Snippet(
            .importsKeepToTheTable,
            1,
            "import FoundationEssentials",
            at: "Sources/JSON/A.swift"
        ),
        Snippet(
            .importsKeepToTheTable,
            0,
            "package import JSON\ninternal import System",
            at: "Sources/PocketvaultServer/A.swift"
        ),
        Snippet(
            .importsKeepToTheTable,
            0,
            "internal import CSQLite",
            at: "Sources/Storage/A.swift"
        ),
        Snippet(.importsKeepToTheTable, 0, "// import Foundation\nlet a = \"import Foundation\""),

        Snippet(.filesAreShort, 1, String(repeating: "a\n", count: 401)),
        Snippet(.filesAreShort, 0, String(repeating: "a\n", count: 400)),

        Snippet(.functionsAreShort, 1, function(ofLines: 61)),
        Snippet(.functionsAreShort, 0, function(ofLines: 60)),
        Snippet(.functionsAreShort, 1, function(ofLines: 61, "init(\n    a: Int\n)")),
        Snippet(.functionsAreShort, 1, "struct A {\n\(function(ofLines: 61))\n}"),
        Snippet(
            .functionsAreShort,
            0,
            "struct A {\n\(function(ofLines: 40))\n\(function(ofLines: 40))\n}"
        ),
        Snippet(
            .functionsAreShort,
            0,
            "protocol A {\n    func a()\n    func b()\n}\n" + function(ofLines: 50)
        ),

        Snippet(.fileNamesAreTypes, 0, "struct A {}"),
        Snippet(.fileNamesAreTypes, 0, "extension A {}", at: "Sources/AWS/A+Topic.swift"),
        Snippet(.fileNamesAreTypes, 1, "struct B {}"),
        Snippet(.fileNamesAreTypes, 1, "// struct A\nstruct AB {}"),
        Snippet(.fileNamesAreTypes, 1, "extension B {}", at: "Sources/AWS/A+Topic.swift"),

        Snippet(.clocksAndChanceHaveSeams, 1, "clock_gettime(CLOCK_REALTIME, &time)"),
        Snippet(.clocksAndChanceHaveSeams, 1, "let now = Date()"),
        Snippet(.clocksAndChanceHaveSeams, 1, "let clock = ContinuousClock()"),
        Snippet(.clocksAndChanceHaveSeams, 1, "let id = UUID().uuidString"),
        Snippet(.clocksAndChanceHaveSeams, 1, "let die = Int.random(in: 1...6)"),
        Snippet(.clocksAndChanceHaveSeams, 1, "let list = list.shuffled()"),
        Snippet(.clocksAndChanceHaveSeams, 0, "let die = Int.random(in: 1...6, using: &generator)"),
        Snippet(.clocksAndChanceHaveSeams, 0, "let key = try KeyMaterial.random()"),
        Snippet(.clocksAndChanceHaveSeams, 0, "let date = reader.calendarDate()"),
        Snippet(
            .clocksAndChanceHaveSeams,
            0,
            "clock_gettime(CLOCK_REALTIME, &time)",
            at: "Sources/PocketvaultServer/Time/SystemClock.swift"
        ),

        Snippet(.uncheckedSendableIsLocked, 1, "final class A: @unchecked Sendable {}"),
        Snippet(
            .uncheckedSendableIsLocked,
            0,
            "final class Locked<A>: @unchecked Sendable {}",
            at: "Sources/Threads/Locked.swift"
        ),

        Snippet(.nothingIsLeftToDo, 1, "// TO" + "DO: later"),
        Snippet(.nothingIsLeftToDo, 1, "let a = 1 // FIX" + "ME", at: "Tests/ATests/A.swift"),
        Snippet(.nothingIsLeftToDo, 0, "let toDoList = [mastodon]"),

        Snippet(.packageTypesAreDocumented, 1, "package struct A {}"),
        Snippet(.packageTypesAreDocumented, 1, "/// Of B.\nstruct B {}\n\npackage struct A {}"),
        Snippet(
            .packageTypesAreDocumented,
            0,
            "/// What it is.\npackage struct A {\n    package let b: Int\n}"
        ),
        Snippet(.packageTypesAreDocumented, 0, "/// What it is.\n@frozen\npackage struct A {}"),
        Snippet(.packageTypesAreDocumented, 0, "package import JSON"),

        background(1, "try vault.writeAndWait { vault in"),
        background(1, "vault.write { vault in 1 } then: { _ in }"),
        background(0, "try road.workAndWait { vault, now in"),
        Snippet(.backgroundWorkGoesByTheRoad, 0, "try vault.writeAndWait { vault in"),
    ]

    private static func background(_ breaches: Int, _ text: String) -> Snippet {
        let path = "Sources/PocketvaultServer/Background/A.swift"
        return Snippet(.backgroundWorkGoesByTheRoad, breaches, text, at: path)
    }

    private static func function(ofLines count: Int, _ head: String = "func a()") -> String {
        let lines = count - head.split(separator: "\n").count - 1
        return "\(head) {\n" + String(repeating: "    a()\n", count: lines) + "}"
    }

    @Test("a snippet breaks a rule as often as it should", arguments: snippets)
    func judges(_ snippet: Snippet) {
        let file = SourceFile(path: snippet.path, text: snippet.text)
        let complaints = snippet.rule.complaints(about: file)
        #expect(complaints.count == snippet.breaches, "\(complaints)")
        for complaint in complaints {
            #expect(
                complaint.hasPrefix("\(snippet.path):") && complaint.contains(snippet.rule.sentence)
            )
        }
    }

    @Test("every rule has a snippet that breaks it and one that keeps it", arguments: Rule.all)
    func everyRuleIsTried(_ rule: Rule) {
        let counts = Self.snippets.filter { $0.rule.sentence == rule.sentence }.map(\.breaches)
        #expect(counts.contains(0) && counts.contains { $0 > 0 })
    }

    @Test(
        "comments and the text of strings are no code",
        arguments: [
            ("a // b", "a "), ("a /* b /* c */ d */ e", "a  e"), ("\"a\" + b", "\"\" + b"),
            ("\"\\(f(\"x\")) y\" z", "\"\"\"\" z"), ("#\"a\"b\"# c", "\"\" c"),
            ("\"\"\"\n  a \"b\"\n  \"\"\" c", "\"\n\n\" c"), ("\"\\\"\" // x", "\"\" "),
            ("\"http://x\" y", "\"\" y"),
        ]
    )
    func readsCode(_ text: String, _ code: String) {
        #expect(CodeReader.code(of: text) == code)
    }
}
