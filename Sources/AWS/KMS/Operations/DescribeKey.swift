/// Tells all about a key, by its id, its ARN or an alias.
///
/// [DescribeKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html).
/// It writes, because whoever describes the key of an AWS alias is the first to use it. Errors:
/// NotFoundException, InvalidArnException.
package struct DescribeKey: WriteOperation, KeyOperation {
    package typealias Response = KeyDescription

    package static let action = KMSAction.describeKey

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package static let takesAliases = true
    package static let servesOtherAccounts = true

    /// Nothing changes that anybody had made.
    package static let isReadOnly = true

    package func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        guard key == nil, try isManagedKey(of: caller) else {
            _ = try reference.check(key, for: caller)
            return
        }
    }

    private func isManagedKey(of caller: Caller) throws(APIError) -> Bool {
        let alias = KeyAddress.alias(KeyAlias.ofSecretsManager, caller.scope)
        return try KeyAddress(keyID ?? "", from: caller.scope) == alias
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> KeyDescription {
        if let key = call.located { return try KeyDescription(of: key, at: call.now, vault) }
        let key = try ManagedKey(of: call.caller.scope).made(for: call, in: vault)
        return try KeyDescription(of: key, at: call.now, vault)
    }
}
