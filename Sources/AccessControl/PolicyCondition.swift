/// One test of a statement: an operator, a condition key, and the values to compare with.
package struct PolicyCondition: Sendable, Equatable {
    /// What treats a key of several values; nil when the policy does not say.
    package let setOperator: SetOperator?
    /// How values are compared.
    package let comparison: ConditionOperator
    /// Whether the test passes when the request does not have the key.
    package let ifExists: Bool
    /// The condition key as the policy spells it.
    package let key: String
    /// The values as the policy has them, numbers and truth values as their text.
    package let values: [String]

    let operands: [ConditionOperand]
    let foldedKey: String
    /// Whether the key is one of several values.
    let isOfList: Bool

    /// A test of values that were read for the same operator.
    init(
        _ name: ConditionName,
        key: String,
        values: [(text: String, operand: ConditionOperand)]
    ) {
        setOperator = name.setOperator
        comparison = name.comparison
        ifExists = name.ifExists
        self.key = key
        foldedKey = key.lowercased()
        isOfList = ConditionKey.isList(folded: foldedKey)
        self.values = values.map(\.text)
        operands = values.map(\.operand)
    }

    /// The operator with all its words: `ForAllValues:StringLikeIfExists`.
    package var operatorName: String {
        ConditionName(setOperator, comparison, ifExists: ifExists).text
    }
}

/// The name of an operator as a policy has it, taken apart.
struct ConditionName: Sendable, Equatable {
    let setOperator: SetOperator?
    let comparison: ConditionOperator
    let ifExists: Bool

    init(_ setOperator: SetOperator?, _ comparison: ConditionOperator, ifExists: Bool) {
        self.setOperator = setOperator
        self.comparison = comparison
        self.ifExists = ifExists
    }

    /// Takes a name apart; nil when there is no such operator.
    ///
    /// `Null` asks for a key's absence itself, so neither IfExists nor a set operator goes with it.
    init?(_ text: String) {
        var rest = Substring(text)
        setOperator = SetOperator.allCases.first { rest.hasPrefix($0.rawValue + ":") }
        if let setOperator { rest = rest.dropFirst(setOperator.rawValue.count + 1) }
        let suffix = "IfExists"
        ifExists = rest.hasSuffix(suffix)
        if ifExists { rest = rest.dropLast(suffix.count) }
        guard let comparison = ConditionOperator(rawValue: String(rest)) else { return nil }
        if comparison == .null, ifExists || setOperator != nil { return nil }
        self.comparison = comparison
    }

    var text: String {
        (setOperator.map { $0.rawValue + ":" } ?? "") + comparison.rawValue
            + (ifExists ? "IfExists" : "")
    }
}
