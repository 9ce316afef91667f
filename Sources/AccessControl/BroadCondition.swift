internal import Notation

/// Why a condition does not narrow a statement that allows everyone.
package enum BroadCondition: Sendable, Equatable {
    /// The key does not say who the caller is or whence the call comes, or not by a fixed name.
    case keyDoesNotIdentify
    /// The operator does not ask for one of the values.
    case operatorDoesNotNarrow
    /// It passes when the request lacks the key.
    case passesWithoutKey
    /// This value stands for others than the ones that it names.
    case valueIsNotFixed(String)
}

extension PolicyCondition {
    /// Why the condition does not narrow everyone down; nil when it does.
    var broadReason: BroadCondition? {
        guard let key = IdentifyingKey(foldedKey) else { return .keyDoesNotIdentify }
        switch comparison {
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike: break
        default: return .operatorDoesNotNarrow
        }
        if ifExists || setOperator == .forAllValues { return .passesWithoutKey }
        return firstBroadValue(of: key).map { .valueIsNotFixed($0) }
    }

    /// Whether a Deny with this condition spares none but those whom fixed values name.
    var sparesOnlyNamed: Bool {
        guard let key = IdentifyingKey(foldedKey) else { return false }
        switch comparison {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .arnNotEquals,
            .arnNotLike:
            break
        default: return false
        }
        // ForAnyValue does not hold without the key, so it would spare all who lack it.
        return setOperator != .forAnyValue && firstBroadValue(of: key) == nil
    }

    private func firstBroadValue(of key: IdentifyingKey) -> String? {
        for (value, operand) in zip(values, operands) where !key.isFixed(operand) {
            return value
        }
        return nil
    }
}

/// A condition key whose value names callers or places, by what a fixed value of it looks like.
private enum IdentifyingKey {
    /// The whole value names one.
    case name
    /// An ARN, of which the account is enough.
    case arn
    /// A path in an organization, of which the organization is enough.
    case organizationPath
    /// The unique id of a role, a colon and a session, of which the role is enough.
    case userID

    init?(_ foldedKey: String) {
        switch foldedKey {
        case "aws:sourceaccount", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce",
            "aws:sourceorgid", "aws:principalorgid", "aws:principalaccount", "kms:calleraccount":
            self = .name
        case "aws:sourcearn", "aws:principalarn": self = .arn
        case "aws:principalorgpaths", "aws:sourceorgpaths": self = .organizationPath
        case "aws:userid": self = .userID
        default: return nil
        }
    }

    /// Whether a value of a condition names somebody, so that nobody else is let in.
    func isFixed(_ operand: ConditionOperand) -> Bool {
        let template: PolicyTemplate
        switch operand {
        case .text(let pattern): template = pattern.template
        case .arn(let pattern): template = pattern.pattern.template
        default: return false
        }
        if let text = template.fixedText {
            // Stars alone are meant as a wildcard, even where the operator knows none.
            return !text.utf8.allSatisfy { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        }
        switch self {
        case .name: return false
        case .arn: return hasFixedAccount(template.components, operand)
        case .organizationPath: return template.isFixed(before: "/")
        case .userID: return template.isFixed(before: ":")
        }
    }

    private func hasFixedAccount(
        _ components: [PolicyTemplate],
        _ operand: ConditionOperand
    ) -> Bool {
        guard components.count == ARNPattern.componentCount,
            let account = components[4].fixedText, AccountID.isValid(account)
        else { return false }
        // To StringLike an ARN is one text: a wildcard before the account can swallow colons, so
        // that the digits may be found in what follows another account.
        if case .text = operand { return components[..<4].allSatisfy { $0.fixedText != nil } }
        return true
    }
}

extension PolicyTemplate {
    /// Whether the text up to a separator is there and has neither wildcards nor variables.
    fileprivate func isFixed(before separator: Unicode.Scalar) -> Bool {
        guard let end = elements.firstIndex(of: .symbol(separator.value)), end > 0 else {
            return false
        }
        return PolicyTemplate(Array(elements[..<end])).fixedText != nil
    }
}
