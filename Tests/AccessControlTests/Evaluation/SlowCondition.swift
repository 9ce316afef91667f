import AccessControl

/// A test of a statement, taken literally from the table of operators.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
struct SlowCondition {
    private let setOperator: String?
    private let name: String
    private let ifExists: Bool
    private let key: String
    private let values: [String]

    init(_ draft: DraftCondition) {
        let parts = draft.name.split(separator: ":")
        setOperator = parts.count == 2 ? String(parts[0]) : nil
        let word = String(parts[parts.count - 1])
        ifExists = word.hasSuffix("IfExists")
        name = ifExists ? String(word.dropLast("IfExists".count)) : word
        key = draft.key
        values = draft.values
    }

    func holds(in context: RequestContext) -> Bool {
        let present = context[key]
        if name == "Null" { return values.contains(present.isEmpty ? "true" : "false") }
        if present.isEmpty, ifExists { return true }
        switch setOperator {
        case "ForAllValues":
            return present.filter { !passes($0, context) }.isEmpty
                || present.filter { $0 != "" }.isEmpty
        case "ForAnyValue": return !present.filter { passes($0, context) }.isEmpty
        default:
            // The negated operators are the others' opposite, also of a key that is not there; for
            // a list neither holds.
            let isList = RandomPolicies.lists.contains { $0.lowercased() == key.lowercased() }
            if !present.isEmpty, isList || present.count > 1 { return false }
            let isHit = present.contains { compares($0, context) }
            return isNegated ? !isHit : isHit
        }
    }

    private var isNegated: Bool { name.contains("Not") }

    private func passes(_ value: String, _ context: RequestContext) -> Bool {
        isNegated ? !compares(value, context) : compares(value, context)
    }

    private func compares(_ value: String, _ context: RequestContext) -> Bool {
        values.contains { compares(value, with: $0, context) }
    }

    private func compares(
        _ value: String,
        with operand: String,
        _ context: RequestContext
    ) -> Bool {
        switch name {
        case "StringEquals", "StringNotEquals":
            return matches(value, operand, context, wildcards: false)
        case "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase":
            let pattern = SlowCondition.small(operand)
            guard let filled = SlowPattern(pattern, context.folded, wildcards: false) else {
                return false
            }
            return filled.matches(SlowCondition.small(value))
        case "StringLike", "StringNotLike": return matches(value, operand, context)
        case "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike":
            let parts = value.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            let patterns = operand.split(
                separator: ":",
                maxSplits: 5,
                omittingEmptySubsequences: false
            )
            guard parts.count == 6, parts[0] == "arn" else { return false }
            guard patterns.count == 6 else { return matches(value, operand, context) }
            return zip(parts, patterns).allSatisfy { matches(String($0), String($1), context) }
        case "Bool": return value.lowercased() == operand.lowercased()
        case "BinaryEquals": return value == operand
        case "IpAddress", "NotIpAddress":
            return value.split(separator: ".").count == 4
                && SlowCondition.isIn(value, block: operand)
        default:
            let read = name.hasPrefix("Date") ? SlowCondition.seconds : SlowCondition.number
            return isInOrder(read(value), read(operand))
        }
    }

    /// In small letters; the one word that ends in a sigma is known.
    fileprivate static func small(_ text: String) -> String {
        text == "ΑΣ" ? "ας" : text.lowercased()
    }

    /// No word is a number, not even those that have a place among them.
    private static func number(_ text: String) -> Double {
        text.contains { "0123456789".contains($0) } ? Double(text) ?? .nan : .nan
    }

    /// The dates that the random policies have, and seconds since 1970.
    private static func seconds(_ text: String) -> Double {
        switch text {
        case "2026-01-01T00:00:00Z": 1_767_225_600
        case "2026-06-01T12:30:00Z": 1_780_317_000
        default: text.allSatisfy { $0.isNumber || $0 == "." } ? Double(text) ?? .nan : .nan
        }
    }

    private func matches(
        _ value: String,
        _ operand: String,
        _ context: RequestContext,
        wildcards: Bool = true
    ) -> Bool {
        SlowPattern(operand, context, wildcards: wildcards)?.matches(value) ?? false
    }

    private func isInOrder(_ left: Double, _ right: Double) -> Bool {
        if name.hasSuffix("LessThan") { return left < right }
        if name.hasSuffix("LessThanEquals") { return left <= right }
        if name.hasSuffix("GreaterThan") { return left > right }
        if name.hasSuffix("GreaterThanEquals") { return left >= right }
        return left == right
    }

    /// Addresses as strings of 32 digits, of which a block gives the first.
    private static func isIn(_ address: String, block: String) -> Bool {
        let parts = block.split(separator: "/")
        let length = parts.count == 2 ? Int(parts[1]) ?? 0 : 32
        return digits(address).prefix(length) == digits(String(parts[0])).prefix(length)
    }

    private static func digits(_ address: String) -> String {
        address.split(separator: ".").map { part in
            let digits = String(Int(part) ?? 0, radix: 2)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }
}

extension RequestContext {
    /// With the values that the drafts use, in small letters.
    fileprivate var folded: RequestContext {
        var folded = self
        for key in RandomPolicies.keys { folded[key] = self[key].map(SlowCondition.small) }
        return folded
    }
}
