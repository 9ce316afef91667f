package import JSON

/// A policy that has passed the parser.
package struct PolicyDocument: Sendable {
    /// The version of the policy language, 2008-10-17 when the policy does not say.
    package let version: PolicyVersion
    /// The policy's name, when it has one.
    package let id: String?
    /// The statements, in the policy's order; at least one.
    package let statements: [PolicyStatement]
    /// The policy as it was written, but for white space.
    package let json: JSONValue

    /// A policy that says nothing, in place of one that is not there.
    package static let silent = PolicyDocument(
        version: .v2012,
        id: nil,
        statements: [],
        json: .null
    )

    /// Whether a statement allows an action, on some resource and under some conditions.
    package func mayAllow(_ action: String) -> Bool {
        statements.contains { statement in
            statement.effect == .allow
                && statement.actions.selects { $0.matches(action, in: RequestContext()) }
        }
    }

    /// The condition keys that it looks at, in lower case.
    package var contextKeys: Set<String> {
        statements.reduce(into: []) { $0.formUnion($1.contextKeys) }
    }

    /// The policy as GetResourcePolicy answers it: written anew from what was parsed.
    package var prettyText: String {
        json.jsonText(pretty: true)
    }
}

/// The versions of the policy language; variables came with the second.
///
/// See https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html.
package enum PolicyVersion: String, Sendable {
    case v2008 = "2008-10-17"
    case v2012 = "2012-10-17"
}

/// What a policy is attached to, which decides what may stand in it.
package enum PolicyKind: Sendable, CaseIterable {
    /// To a secret: it names principals, and actions of Secrets Manager only.
    case resource
    /// To a KMS key: as to a secret, with actions of KMS.
    case key
    /// To something of any service, for who only asks what it would decide.
    case anyResource
    /// To a user or a role, or as a boundary or session policy: it names no principals.
    case identity
    /// To a role, to say who may assume it: it names principals, and no resources.
    case trust
}
