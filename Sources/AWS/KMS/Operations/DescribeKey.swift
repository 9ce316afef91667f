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

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> KeyDescription {
        let scope = call.caller.scope
        if try KeyAddress(keyID ?? "", from: scope) == .alias(Secret.defaultKeyAlias, scope) {
            return KeyDescription(key: try vault.managedKey(in: scope, for: call))
        }
        return KeyDescription(key: try vault.key(keyID, orAlias: true, for: call))
    }
}
