/// A policy that has a say in a request, and where it comes from.
///
/// An object, because it never changes and each call asks several of them.
package final class AttachedPolicy: Sendable {
    /// What it is attached to.
    package let source: PolicySource
    /// What people know it by: the ARN of a managed policy, else its name.
    package let name: String
    /// What it says.
    package let document: PolicyDocument
    /// The condition keys that what it says depends on, in lower case.
    package let contextKeys: Set<String>

    /// A policy from a source.
    package init(_ source: PolicySource, name: String, _ document: PolicyDocument) {
        self.source = source
        self.name = name
        self.document = document
        contextKeys = document.contextKeys
    }
}

/// What a policy is attached to, which decides what an Allow in it is worth.
package enum PolicySource: String, Sendable, CaseIterable {
    /// The caller: its user or role.
    case identity = "identity-based policy"
    /// The resource.
    case resource = "resource-based policy"
    /// The caller, as the most that its identity-based policies can give.
    case boundary = "permissions boundary"
    /// The caller's session, as the most that its role can give.
    case session = "session policy"
}
