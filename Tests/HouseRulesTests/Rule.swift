import Testing

/// A rule that a machine can check in one file.
struct Rule: Sendable, CustomTestStringConvertible {
    let sentence: String
    /// Which files it is about.
    let scope: Scope
    /// The breaches in a file: the line, from 1, and what to do about it.
    let breaches: @Sendable (SourceFile) -> [(line: Int, advice: String)]

    enum Scope: Sendable {
        case sources
        case sourcesAndTests
    }

    var testDescription: String { sentence }

    func isAbout(_ file: SourceFile) -> Bool {
        scope == .sourcesAndTests || file.target != nil
    }

    /// What a failing test says: file, line, rule, advice.
    func complaints(about file: SourceFile) -> [String] {
        guard isAbout(file) else { return [] }
        return breaches(file).map { "\(file.path):\($0.line): \(sentence): \($0.advice)" }
    }

    /// A rule about single lines of code: nil is the advice of a line that keeps it.
    static func perLine(
        _ sentence: String,
        in scope: Scope = .sources,
        _ advice: @escaping @Sendable (String, SourceFile) -> String?
    ) -> Rule {
        Rule(sentence: sentence, scope: scope) { file in
            file.code.enumerated().compactMap { index, line in
                advice(line, file).map { (index + 1, $0) }
            }
        }
    }
}
