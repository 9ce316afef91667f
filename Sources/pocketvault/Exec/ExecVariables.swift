internal import Formats

/// The variables of a command, those with values of secrets among them.
struct ExecVariables: Equatable {
    /// A variable.
    struct Variable: Equatable {
        let name: String
        /// Nil for a binary secret, which no variable can hold and a file can.
        let value: [UInt8]?
        /// Where the value comes from; nil for one that is no secret's.
        let secret: Source?
    }

    /// The secret that a value comes from.
    struct Source: Equatable {
        let arn: String
        /// What a file of it holds.
        let contents: [UInt8]
    }

    /// In the order in which they were set; each name once.
    private(set) var all: [Variable] = []

    /// Sets a variable in place of one that was set before.
    mutating func set(_ variable: Variable) {
        all.removeAll { $0.name == variable.name }
        all.append(variable)
    }

    /// Those with values of secrets.
    var secrets: [(name: String, source: Source)] {
        all.compactMap { variable in variable.secret.map { (variable.name, $0) } }
    }

    /// The secrets that values come from.
    var arns: Set<String> { Set(secrets.map(\.source.arn)) }

    /// The values that must not be shown.
    var masked: MaskedValues {
        MaskedValues(secrets.map { (name: $0.name, value: $0.source.contents) })
    }
}
