/// What a KeyId, or a secret's KmsKeyId, points at, before anyone looked whether it is there.
///
/// [Key identifiers](https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id)
package enum KeyAddress: Sendable, Hashable {
    /// By key id or key ARN.
    case id(String, Scope)
    /// By alias name, as in `alias/app`, or alias ARN.
    case alias(String, Scope)

    /// Reads an identifier as it was sent; what is no ARN is looked up where the caller is.
    init(_ identifier: String, from caller: Scope) throws(APIError) {
        guard identifier.hasPrefix("arn:") else {
            self =
                identifier.hasPrefix(KeyAlias.prefix)
                ? .alias(identifier, caller) : .id(identifier, caller)
            return
        }
        let parts = identifier.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "kms", !parts[1].isEmpty, !parts[3].isEmpty,
            !parts[4].isEmpty
        else { throw .invalidKeyARN(identifier) }
        let scope = Scope(account: String(parts[4]), region: String(parts[3]))
        if parts[5].hasPrefix("key/") {
            self = .id(String(parts[5].dropFirst(4)), scope)
        } else if parts[5].hasPrefix(KeyAlias.prefix) {
            self = .alias(String(parts[5]), scope)
        } else {
            throw .invalidKeyARN(identifier)
        }
    }

    /// The account and region that the address names.
    package var scope: Scope {
        switch self {
        case .id(_, let scope), .alias(_, let scope): scope
        }
    }
}
