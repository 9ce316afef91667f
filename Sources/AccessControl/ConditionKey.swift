/// A condition key: what kind of value it has, and where a request has its value from.
///
/// [Global keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html),
/// [those of each service](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
package struct ConditionKey: Sendable, Hashable {
    /// As AWS spells it; one that ends in `/` or `:` goes on with a name of the request's own, and one
    /// that begins with `:` with the name of an identity provider before it.
    package let name: String
    package let kind: Kind
    package let source: Source

    init(_ name: String, _ kind: Kind, from source: Source) {
        self.name = name
        self.kind = kind
        self.source = source
    }

    /// What a value is.
    package enum Kind: Sendable, CaseIterable {
        case text
        case number
        case truth
        case date
        case address
        case arn
        /// Several texts: no operator holds for it without ForAllValues or ForAnyValue.
        case list
    }

    /// Where a value comes from.
    package enum Source: String, Sendable, CaseIterable {
        /// Who calls: a user, a session, a root.
        case principal = "the caller"
        /// What AssumeRole and its kin settled about the caller's session.
        case session = "the caller's session"
        /// The connection and the headers of the request.
        case connection = "the connection"
        /// The server's clock.
        case clock = "the clock"
        /// A member of the request.
        case request = "the request"
        /// What the vault has of the thing that the request is about.
        case resource = "the resource"
        /// The service that makes the call, in somebody's name or in its own.
        case service = "the service that calls"
        /// The token of an identity provider.
        case token = "the token"
    }

    /// The row of a key as a policy or a request spells it, in whatever case; nil for a key whose
    /// value is never known here.
    package static func named(_ key: String) -> ConditionKey? {
        let folded = key.lowercased()
        return byName[folded] ?? beginnings.first { folded.hasPrefix($0.folded) }?.key
            ?? endings.first { folded.hasSuffix($0.folded) }?.key
    }

    /// Whether a key, in lower case already, has several values.
    static func isList(folded key: String) -> Bool {
        lists.contains(key) || endings.contains { $0.key.kind == .list && key.hasSuffix($0.folded) }
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name.lowercased(), $0) }
    )
    private static let lists = Set(all.filter { $0.kind == .list }.map { $0.name.lowercased() })
    private static let beginnings = all.filter { $0.name.hasSuffix("/") || $0.name.hasSuffix(":") }
        .map { (folded: $0.name.lowercased(), key: $0) }
    private static let endings = all.filter { $0.name.hasPrefix(":") }
        .map { (folded: $0.name.lowercased(), key: $0) }
}
