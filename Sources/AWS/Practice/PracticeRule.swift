/// What `check` looks for, by the names under which it is told.
package enum PracticeRule: String, Sendable, CaseIterable {
    case notRotated = "not-rotated"
    case sameValue = "same-value"
    case neverRead = "never-read"
    case environmentGone = "environment-gone"
    case placeholder
    case publicPolicy = "public-policy"
    case missingKey = "missing-key"
    case valueInFile = "value-in-file"
    case valueInHistory = "value-in-history"

    /// The practice that it holds, as a sentence.
    package var sentence: String {
        switch self {
        case .notRotated: "A value is changed every 90 days."
        case .sameValue: "Each environment has values of its own."
        case .neverRead: "A secret that nobody reads is deleted."
        case .environmentGone: "The secrets of an environment go with it."
        case .placeholder: "A secret holds a value, not a place for one."
        case .publicPolicy: "No policy gives everybody access."
        case .missingKey: "Each environment has what the others have."
        case .valueInFile: "No file and no log holds a value."
        case .valueInHistory: "No value is committed to git."
        }
    }
}

/// A breach of a practice; it tells of a value that it is equal to another one, and no more.
package struct PracticeFinding: Sendable, Equatable {
    package let rule: PracticeRule
    /// The name of the secret, or of one that is not there.
    package let name: String
    /// Nil for a secret that is not there.
    package let arn: String?
    /// What is wrong, for people.
    package let message: String
    /// The names of other secrets that it concerns.
    package let others: [String]

    init(
        _ rule: PracticeRule,
        _ name: String,
        arn: String?,
        _ message: String,
        others: [String] = []
    ) {
        self.rule = rule
        self.name = name
        self.arn = arn
        self.message = message
        self.others = others
    }

    init(_ rule: PracticeRule, _ secret: Secret, _ message: String, others: [String] = []) {
        self.init(rule, secret.name, arn: secret.arn.text, message, others: others)
    }
}
