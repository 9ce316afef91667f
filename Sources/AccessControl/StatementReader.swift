internal import Notation

/// Reads statements, as the kind and the version of their policy allow.
struct StatementReader {
    let kind: PolicyKind
    let hasVariables: Bool

    private static let elements: Set<String> = [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource",
        "NotResource", "Condition",
    ]

    /// Reads one statement.
    func statement(_ element: PolicyElement) throws(PolicyError) -> PolicyStatement {
        let members = try element.members(Self.elements)
        let sid = try members["Sid"].map(sid)
        let effect = try effect(members.required("Effect"))
        return PolicyStatement(
            sid: sid,
            effect: effect,
            principals: try principals(of: members, in: element),
            actions: try actions(of: members, in: element),
            resources: try resources(of: members, in: element),
            conditions: try members["Condition"].map(conditions) ?? []
        )
    }

    private func sid(_ element: PolicyElement) throws(PolicyError) -> String {
        let text = try element.string()
        // IAM takes letters and digits only; policies of resources are known to have spaces, as in
        // KMS's own "Enable IAM User Permissions".
        let others = [.resource, .key, .anyResource].contains(kind) ? " -_" : ""
        guard
            text.utf8.allSatisfy({
                ASCII.isAlphanumeric($0) || others.utf8.contains($0)
            })
        else {
            throw element.error(.invalidSid, "a character that a Sid may not have")
        }
        return text
    }

    private func effect(_ element: PolicyElement) throws(PolicyError) -> PolicyEffect {
        guard let effect = PolicyEffect(rawValue: try element.string()) else {
            throw element.error(.invalidEffect, "neither Allow nor Deny")
        }
        return effect
    }

    private func principals(
        of members: PolicyMembers,
        in element: PolicyElement
    ) throws(PolicyError) -> Selection<Principal>? {
        let principal = try members.either("Principal", "NotPrincipal", in: element)
        guard kind != .identity else {
            guard let principal else { return nil }
            throw principal.element.error(.elementNotAllowed, "an identity policy names nobody")
        }
        guard let principal else {
            throw element.error(.missingElement, "Principal is missing")
        }
        if principal.isNegated, kind == .trust {
            throw principal.element.error(.elementNotAllowed, "not in a trust policy")
        }
        let entries = try PrincipalReader.principals(principal.element)
        return principal.isNegated ? .allExcept(entries) : .only(entries)
    }

    private func actions(
        of members: PolicyMembers,
        in element: PolicyElement
    ) throws(PolicyError) -> Selection<PolicyPattern> {
        guard let action = try members.either("Action", "NotAction", in: element) else {
            throw element.error(.missingElement, "Action is missing")
        }
        var patterns: [PolicyPattern] = []
        for entry in try action.element.oneOrMore() {
            let text = try entry.string()
            guard isAction(text),
                let pattern = PolicyPattern(text, variables: false, ignoresCase: true)
            else { throw entry.error(.invalidAction, "\(quoted(text)) is no action here") }
            patterns.append(pattern)
        }
        return action.isNegated ? .allExcept(patterns) : .only(patterns)
    }

    /// Whether a text is `*`, or a service's prefix, a colon, and a name with or without wildcards.
    private func isAction(_ text: String) -> Bool {
        if text == "*" { return kind != .trust }
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return false }
        let service = String(Substring(parts[0])).lowercased()
        let isService =
            switch kind {
            case .resource: service == "secretsmanager"
            case .key: service == "kms"
            case .trust: service == "sts"
            case .identity, .anyResource:
                service == "*"
                    || service.utf8.allSatisfy {
                        ASCII.isAlphanumeric($0) || $0 == 45
                    }
            }
        return isService
            && parts[1].allSatisfy {
                ASCII.isAlphanumeric($0) || $0 == 42 || $0 == 63
            }
    }

    private func resources(
        of members: PolicyMembers,
        in element: PolicyElement
    ) throws(PolicyError) -> Selection<PolicyPattern>? {
        let resource = try members.either("Resource", "NotResource", in: element)
        guard kind != .trust else {
            guard let resource else { return nil }
            throw resource.element.error(.elementNotAllowed, "not in a trust policy")
        }
        guard let resource else {
            throw element.error(.missingElement, "Resource is missing")
        }
        var patterns: [PolicyPattern] = []
        for entry in try resource.element.oneOrMore() {
            let text = try entry.string()
            guard isResource(text) else {
                throw entry.error(.invalidResource, "\(quoted(text)) is no resource")
            }
            guard let pattern = PolicyPattern(text, variables: hasVariables) else {
                throw entry.error(.malformedVariable, "a malformed variable in \(quoted(text))")
            }
            patterns.append(pattern)
        }
        return resource.isNegated ? .allExcept(patterns) : .only(patterns)
    }

    /// Whether a text can stand for resources.
    ///
    /// IAM asks for `*` or an ARN. What a secret's policy says is not held to a form, since AWS only
    /// says that it should be one of these.
    private func isResource(_ text: String) -> Bool {
        switch kind {
        case .identity: text == "*" || ARN.isARN(text)
        case .resource, .key, .anyResource, .trust: !text.isEmpty
        }
    }
}

extension PolicyMembers {
    /// The one of two elements that exclude each other; nil when neither is there.
    fileprivate func either(
        _ plain: String,
        _ negated: String,
        in statement: PolicyElement
    ) throws(PolicyError) -> (element: PolicyElement, isNegated: Bool)? {
        if let element = self[plain] {
            guard self[negated] == nil else {
                throw statement.error(.conflictingElements, "both \(plain) and \(negated)")
            }
            return (element, false)
        }
        return self[negated].map { ($0, true) }
    }
}
