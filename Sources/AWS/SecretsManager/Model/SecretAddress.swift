package import Notation

/// What a SecretId points at, before anyone looked whether it is there.
///
/// [Finding secrets by ARN](https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen):
/// an ARN that ends in a hyphen and six characters is a whole ARN, never a partial one, so a secret
/// whose *name* ends so is not found by its partial ARN.
package enum SecretAddress: Sendable, Hashable {
    /// By its exact name, or by a partial ARN, in one account and region.
    case name(String, Scope)
    /// By its whole ARN.
    case arn(String, Scope)

    /// Reads a SecretId as it was sent; a name is looked up where the caller is.
    package init(_ secretID: String, from caller: Scope) throws(APIError) {
        guard ARN.isARN(secretID) else {
            guard SecretName.isValid(secretID) else { throw .invalidName }
            self = .name(secretID, caller)
            return
        }
        let prefix = "secret:"
        guard let arn = ARN(secretID), arn.service == SecretsManager.signingName,
            !arn.region.isEmpty,
            !arn.account.isEmpty, arn.resource.hasPrefix(prefix)
        else { throw .invalidARN }
        let resource = arn.resource.dropFirst(prefix.utf8.count)
        guard !resource.isEmpty else { throw .invalidARN }
        // Nothing is in a region of another partition, not by a part of its ARN either.
        let isWhole =
            SecretAddress.endsInSuffix(resource)
            || !Partition.isKnown(arn.partition, with: arn.region)
        self = isWhole ? .arn(secretID, arn.scope) : .name(String(resource), arn.scope)
    }

    /// The account and region that the address names.
    package var scope: Scope {
        switch self {
        case .name(_, let scope), .arn(_, let scope): scope
        }
    }

    static func endsInSuffix(_ resource: Substring) -> Bool {
        let tail = resource.utf8.suffix(SecretARN.suffixLength + 1)
        guard tail.count == SecretARN.suffixLength + 1, tail.first == UInt8(ascii: "-") else {
            return false
        }
        return tail.dropFirst().allSatisfy(ASCII.isAlphanumeric)
    }
}
