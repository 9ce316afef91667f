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
        guard secretID.hasPrefix("arn:") else {
            guard SecretName.isValid(secretID) else { throw .invalidName }
            self = .name(secretID, caller)
            return
        }
        let parts = secretID.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        guard parts.count == 7, parts[2] == "secretsmanager", parts[5] == "secret",
            !parts[1].isEmpty, !parts[3].isEmpty, !parts[4].isEmpty, !parts[6].isEmpty
        else { throw .invalidARN }
        let scope = Scope(account: String(parts[4]), region: String(parts[3]))
        if SecretAddress.endsInSuffix(parts[6]) {
            self = .arn(secretID, scope)
        } else {
            self = .name(String(parts[6]), scope)
        }
    }

    /// The account and region that the address names.
    package var scope: Scope {
        switch self {
        case .name(_, let scope), .arn(_, let scope): scope
        }
    }

    private static func endsInSuffix(_ resource: Substring) -> Bool {
        let tail = resource.utf8.suffix(SecretARN.suffixLength + 1)
        guard tail.count == SecretARN.suffixLength + 1, tail.first == UInt8(ascii: "-") else {
            return false
        }
        return tail.dropFirst().allSatisfy(SecretName.isAlphanumeric)
    }
}
