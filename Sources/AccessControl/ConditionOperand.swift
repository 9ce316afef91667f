internal import Notation

/// A value of a condition, read once into what its operator compares.
enum ConditionOperand: Sendable, Equatable {
    case text(PolicyPattern)
    case arn(ARNPattern)
    case number(PolicyNumber)
    case date(PolicyDate)
    case bool(Bool)
    case bytes([UInt8])
    case addresses(IPRange)
    /// What `Null` asks for: whether the key is absent.
    case isAbsent(Bool)

    /// Reads a value; nil when the operator cannot compare with it.
    init?(_ value: String, for comparison: ConditionOperator, variables: Bool) {
        let operand: Self? =
            switch comparison {
            case .stringEquals, .stringNotEquals:
                PolicyPattern(value, wildcards: false, variables: variables).map(Self.text)
            case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase:
                PolicyPattern(value, wildcards: false, variables: variables, ignoresCase: true)
                    .map(Self.text)
            case .stringLike, .stringNotLike:
                PolicyPattern(value, variables: variables).map(Self.text)
            case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike:
                // ArnEquals takes wildcards as ArnLike does: the two pairs are the same.
                ARNPattern(value, variables: variables).map(Self.arn)
            case .numericEquals, .numericNotEquals, .numericLessThan, .numericLessThanEquals,
                .numericGreaterThan, .numericGreaterThanEquals:
                PolicyNumber(value).map(Self.number)
            case .dateEquals, .dateNotEquals, .dateLessThan, .dateLessThanEquals,
                .dateGreaterThan, .dateGreaterThanEquals:
                PolicyDate(value).map(Self.date)
            case .bool: truthValue(value).map(Self.bool)
            case .null: truthValue(value).map(Self.isAbsent)
            case .binaryEquals: Base64.decode(value.utf8).map(Self.bytes)
            case .ipAddress, .notIPAddress: IPRange(value).map(Self.addresses)
            }
        guard let operand else { return nil }
        self = operand
    }

    /// What is known only with the request.
    var variables: [PolicyVariable] {
        switch self {
        case .text(let pattern): pattern.template.variables
        case .arn(let pattern): pattern.pattern.template.variables
        default: []
        }
    }

    /// Whether a value of the request compares, before any negation.
    ///
    /// A value that is not of the operator's kind compares with nothing.
    func compares(
        with value: String,
        by comparison: ConditionOperator,
        in context: RequestContext
    ) -> Bool {
        switch self {
        case .text(let pattern): pattern.matches(value, in: context)
        case .arn(let pattern): pattern.matches(value, in: context)
        case .number(let operand):
            PolicyNumber(value).map { comparison.orders($0, operand) } ?? false
        case .date(let operand):
            PolicyDate(value).map { comparison.orders($0, operand) } ?? false
        case .bool(let operand): truthValue(value) == operand
        case .bytes(let operand): Base64.decode(value.utf8) == operand
        case .addresses(let range): range.contains(value)
        case .isAbsent: false
        }
    }
}

extension ConditionOperator {
    /// Whether two values stand in the order that the operator asks for, before any negation.
    fileprivate func orders<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .numericLessThan, .dateLessThan: left < right
        case .numericLessThanEquals, .dateLessThanEquals: left <= right
        case .numericGreaterThan, .dateGreaterThan: left > right
        case .numericGreaterThanEquals, .dateGreaterThanEquals: left >= right
        default: left == right
        }
    }
}

/// The truth value that a text names, in whatever case; nil when it names none.
private func truthValue(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "true": true
    case "false": false
    default: nil
    }
}
