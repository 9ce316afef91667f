/// Policies to begin with, for the tests and for the fuzzer.
enum Corpus {
    /// All of them.
    static let documents = resourcePolicies + identityPolicies + trustPolicies
}

/// A policy that the parser accepts.
struct PolicySample: Sendable, CustomStringConvertible {
    let name: String
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    var bytes: [UInt8] { Array(text.utf8) }
    var description: String { name }
}
