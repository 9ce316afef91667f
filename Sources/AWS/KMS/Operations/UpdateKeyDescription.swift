/// Describes a key in other words.
///
/// [UpdateKeyDescription](https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException.
package struct UpdateKeyDescription: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.updateKeyDescription

    package let keyID: String?
    private let description: String?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        description = try members.string("Description")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(description, at: "description")
        constraints.keyDescription(description)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try call.changeableKey(for: Self.action)
        try key.checkNotPendingDeletion()
        key.description = description ?? ""
        try vault.update(key)
        return EmptyResponse()
    }
}
