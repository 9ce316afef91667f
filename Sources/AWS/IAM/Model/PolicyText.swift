package import AccessControl

/// A policy that has a say in a request, as it was put.
package struct PolicyText: Sendable, Hashable {
    package let source: PolicySource
    /// The ARN of a managed policy, else its name.
    package let name: String
    package let document: String

    private init(_ source: PolicySource, _ name: String, _ document: String) {
        self.source = source
        self.name = name
        self.document = document
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

    /// Of a secret, a key, or, as trust policy, of a role.
    package static func resource(_ name: String, _ document: String) -> PolicyText {
        PolicyText(.resource, name, document)
    }
}
