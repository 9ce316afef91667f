package import Notation

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
        guard ARN.isARN(identifier) else {
            self =
                identifier.hasPrefix(KeyAlias.prefix)
                ? .alias(identifier, caller) : .id(identifier, caller)
            return
        }
        guard let arn = ARN(identifier), arn.service == KMS.signingName, !arn.region.isEmpty,
            !arn.account.isEmpty, Partition.isKnown(arn.partition, with: arn.region)
        else { throw .invalidKeyARN(identifier) }
        if arn.resource.hasPrefix("key/") {
            self = .id(String(arn.resource.dropFirst(4)), arn.scope)
        } else if arn.resource.hasPrefix(KeyAlias.prefix) {
            self = .alias(arn.resource, arn.scope)
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
