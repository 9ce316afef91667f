package import AccessControl

/// A policy that has a say in a request, as it was put.
package struct PolicyText: Sendable, Hashable {
    package let source: PolicySource
    /// The ARN of a managed policy, else its name.
    package let name: String
    package let document: String
    /// Which grammar it has.
    package let kind: PolicyKind

    private init(
        _ source: PolicySource,
        _ name: String,
        _ document: String,
        _ kind: PolicyKind = .identity
    ) {
        self.source = source
        self.name = name
        self.document = document
        self.kind = kind
    }

    /// The length tells most texts apart; hashing them whole would cost more than what is looked up.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(name.utf8.count)
        hasher.combine(document.utf8.count)
    }

    /// Of a user or role: inline or attached.
    package static func identity(_ name: String, _ document: String) -> PolicyText {
        PolicyText(.identity, name, document)
    }

    /// The permissions boundary of a user or role.
    package static func boundary(_ name: String, _ document: String) -> PolicyText {
        PolicyText(.boundary, name, document)
    }

    /// Of a session.
    package static func session(_ name: String, _ document: String) -> PolicyText {
        PolicyText(.session, name, document)
    }

    /// Of a resource, in the grammar that its kind of resource has.
    package static func resource(
        _ name: String,
        _ document: String,
        _ kind: PolicyKind = .resource
    ) -> PolicyText {
        PolicyText(.resource, name, document, kind)
    }
}
