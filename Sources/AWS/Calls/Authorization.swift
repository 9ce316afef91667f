package import AccessControl

/// Whether callers need permission for what they do, and who reads the policies.
package struct Authorization: Sendable {
    /// What is done about a call that no policy allows.
    package enum Mode: String, Sendable, CaseIterable {
        /// Nothing: policies are kept and not looked at.
        case off
        /// It passes, and the audit trail says that it would have been refused, and why.
        case report
        /// It is refused as AWS does.
        case enforce
    }

    package let mode: Mode
    /// Whether policies take every connection for encrypted: AWS takes no calls but over TLS.
    let assumesSecureTransport: Bool
    /// Reads a policy, or remembers what it read before.
    let read: @Sendable (PolicyText) -> AttachedPolicy

    package init(
        _ mode: Mode,
        assumesSecureTransport: Bool = true,
        reading read: @escaping @Sendable (PolicyText) -> AttachedPolicy = { AttachedPolicy($0) }
    ) {
        self.mode = mode
        self.assumesSecureTransport = assumesSecureTransport
        self.read = read
    }

    /// Nobody needs permission.
    package static let off = Authorization(.off)
}

extension AttachedPolicy {
    /// Reads a policy.
    ///
    /// One that is not there, or that the grammar of a later version refuses, says nothing.
    ///
    /// - Parameters:
    ///   - text: what is read.
    ///   - name: what it is known by; nil for the name that the text has.
    package convenience init(_ text: PolicyText, called name: String? = nil) {
        let document = try? PolicyParser.parse(text.document, as: text.kind)
        self.init(text.source, name: name ?? text.name, document ?? .silent)
    }
}
