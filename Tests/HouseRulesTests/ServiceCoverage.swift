/// A service, and where its operations, their tests and the words about them stand.
///
/// The enumeration of its actions is the file in its folder whose name ends in `Action`.
struct ServiceCoverage: Sendable {
    enum Tests: Sendable {
        /// Each operation has a test file of its name.
        case byOperation
        /// Test files are by topic.
        case byTopic
    }

    /// As docs/compatibility.md has it.
    let name: String
    /// Of its sources.
    let folder: String
    let testFolder: String
    let tests: Tests
    /// Whether each operation has a row in docs/compatibility.md, or all of them share one.
    let hasRowPerAction: Bool
    /// Operations whose files cannot have their names, by the action: another service of the module
    /// has an operation of that name.
    var otherNames: [String: String] = [:]

    static let all = [
        ServiceCoverage(
            name: "Secrets Manager",
            folder: "Sources/AWS/SecretsManager/",
            testFolder: "Tests/AWSTests/SecretsManager/Operations/",
            tests: .byOperation,
            hasRowPerAction: true
        ),
        ServiceCoverage(
            name: "KMS",
            folder: "Sources/AWS/KMS/",
            testFolder: "Tests/AWSTests/KMS/",
            tests: .byTopic,
            hasRowPerAction: false,
            otherNames: ["TagResource": "TagKMSKey", "UntagResource": "UntagKMSKey"]
        ),
        ServiceCoverage(
            name: "IAM",
            folder: "Sources/AWS/IAM/",
            testFolder: "Tests/AWSTests/IAM/",
            tests: .byOperation,
            hasRowPerAction: false
        ),
        ServiceCoverage(
            name: "STS",
            folder: "Sources/AWS/STS/",
            testFolder: "Tests/AWSTests/STS/",
            tests: .byOperation,
            hasRowPerAction: false
        ),
        ServiceCoverage(
            name: "CloudTrail",
            folder: "Sources/AWS/CloudTrail/",
            testFolder: "Tests/AWSTests/CloudTrail/",
            tests: .byOperation,
            hasRowPerAction: false
        ),
        ServiceCoverage(
            name: "SSM",
            folder: "Sources/AWS/SSM/",
            testFolder: "Tests/AWSTests/SSM/",
            tests: .byOperation,
            hasRowPerAction: false
        ),
        ServiceCoverage(
            name: "ECS",
            folder: "Sources/AWS/ECS/",
            testFolder: "Tests/AWSTests/ECS/",
            tests: .byTopic,
            hasRowPerAction: false
        ),
    ]

    // MARK: Reading

    /// The names in `case createSecret = "CreateSecret"`, by the case.
    var actions: [String: String] {
        var actions: [String: String] = [:]
        for line in actionFile?.lines ?? [] where line.contains(" = \"") {
            let words = line.words
            if words.count == 3, words[0] == "case" { actions[words[1]] = words[2] }
        }
        return actions
    }

    private var actionFile: SourceFile? {
        SourceTree.files.first { $0.path.hasPrefix(folder) && $0.name.hasSuffix("Action") }
    }

    /// The files whose operation is this case, alone or as one of a pair for users and roles.
    func files(of action: String) -> [SourceFile] {
        Self.declarations.filter { file, declared in
            file.path.hasPrefix(folder) && declared.contains { $0.contains(action) }
        }.map(\.file)
    }

    /// Whether a file has one operation only, which it must be named after.
    static func isOfOneAction(_ file: SourceFile) -> Bool {
        declarations.first { $0.file.path == file.path }?.declared.map(\.count) == [1]
    }

    /// The actions that the lines of each file declare, for the files that declare any.
    private static let declarations: [(file: SourceFile, declared: [[String]])] =
        SourceTree.files.filter { file in all.contains { file.path.hasPrefix($0.folder) } }
        .map { file in (file, file.code.map { actions(declaredIn: $0.words) }) }
        .map { file, declared in (file, declared.filter { !$0.isEmpty }) }
        .filter { !$0.declared.isEmpty }

    /// `name` in `let action = KMSAction.name`, both names in `action(user: .name, role: .other)`.
    static func actions(declaredIn words: [String]) -> [String] {
        for (place, pair) in zip(words, words.dropFirst()).enumerated() {
            if pair == ("let", "action"), let name = words.last { return [name] }
            let next = place + 4
            if pair == ("action", "user"), words.indices.contains(next) {
                return [words[place + 2], words[next]]
            }
        }
        return []
    }

    /// The test files that call this action by its case.
    func testFiles(calling action: String) -> [SourceFile] {
        Self.calls.filter { file, names in
            file.path.hasPrefix(testFolder) && names.contains(action)
        }.map(\.file)
    }

    /// The names after a dot in each test file of a service.
    private static let calls: [(file: SourceFile, names: Set<String>)] =
        SourceTree.files.filter { file in all.contains { file.path.hasPrefix($0.testFolder) } }
        .map { file in (file, Set(file.code.flatMap(namesAfterDots))) }

    /// `createKey` in `vault.kms(.createKey)`, and `kms` too.
    static func namesAfterDots(in line: String) -> [String] {
        line.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map { rest in
            String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        }
    }
}
