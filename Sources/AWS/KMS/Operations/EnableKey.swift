/// Lets a key be used again; one that is enabled stays so.
///
/// [EnableKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException.
package struct EnableKey: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.enableKey

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try call.changeableKey(for: Self.action)
        try key.checkNotPendingDeletion()
        key.state = .enabled
        try vault.update(key)
        return EmptyResponse()
    }
}
