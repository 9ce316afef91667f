import AccessControl

/// A policy as its parts, from which both evaluators get what they need: one its text, the other this.
struct DraftPolicy: Sendable {
    let source: PolicySource
    let name: String
    let statements: [DraftStatement]

    /// The document.
    var text: String {
        let body = statements.map(\.text).joined(separator: ",")
        return #"{"Version":"2012-10-17","Statement":[\#(body)]}"#
    }

    /// The policy as the product reads it.
    func attached(as kind: PolicyKind? = nil) throws -> AttachedPolicy {
        let kind = kind ?? (source == .resource ? .resource : .identity)
        return AttachedPolicy(source, name: name, try PolicyParser.parse(text, as: kind))
    }
}

/// One statement of a draft.
struct DraftStatement: Sendable {
    var effect = PolicyEffect.allow
    /// Whom it is about; nil in policies that name nobody.
    var principals: DraftSelection?
    var actions: DraftSelection
    var resources: DraftSelection
    var conditions: [DraftCondition] = []

    var text: String {
        var members = [#""Effect":"\#(effect.rawValue)""#]
        if let principals {
            let value =
                principals.entries == ["*"]
                ? #""*""# : #"{"AWS":\#(principals.list)}"#
            members.append(#""\#(principals.isNegated ? "Not" : "")Principal":\#(value)"#)
        }
        members.append(#""\#(actions.isNegated ? "Not" : "")Action":\#(actions.list)"#)
        members.append(#""\#(resources.isNegated ? "Not" : "")Resource":\#(resources.list)"#)
        if !conditions.isEmpty {
            let tests = conditions.map(\.text).joined(separator: ",")
            members.append(#""Condition":{\#(tests)}"#)
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}

/// `Action` or `NotAction` and the like.
struct DraftSelection: Sendable {
    let entries: [String]
    var isNegated = false

    var list: String { jsonList(entries) }
}

/// One operator with one key.
struct DraftCondition: Sendable {
    /// With all its words, as in `ForAnyValue:StringLikeIfExists`.
    let name: String
    let key: String
    let values: [String]
    /// What a request may have under the key, so that the test is about something.
    let likelyValues: [String]

    var text: String { #""\#(name)":{"\#(key)":\#(jsonList(values))}"# }
}

/// None of the texts needs an escape.
private func jsonList(_ texts: [String]) -> String {
    "[" + texts.map { #""\#($0)""# }.joined(separator: ",") + "]"
}
