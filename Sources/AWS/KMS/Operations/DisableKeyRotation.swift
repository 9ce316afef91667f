/// Has a key rotated no more.
///
/// [DisableKeyRotation](https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, KMSInvalidStateException.
package struct DisableKeyRotation: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.disableKeyRotation

    package let keyID: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try call.changeableKey(for: Self.action)
        try key.checkEnabled()
        key.rotation = nil
        try vault.update(key)
        return EmptyResponse()
    }
}
