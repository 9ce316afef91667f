/// Keeps a key from being used: what is sealed under it does not open until it is enabled again.
///
/// [DisableKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException.
package struct DisableKey: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.disableKey

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
        key.state = .disabled
        try vault.update(key)
        return EmptyResponse()
    }
}
