/// Adds tags to a key, or gives the ones it has new values.
///
/// [TagResource](https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException, TagException.
package struct TagKMSKey: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.tagResource

    package let keyID: String?
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        tags = try TagList("Tags", .kms, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(tags, at: "tags")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set(requestTags: tags)
        return [permission]
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try call.changeableKey(for: Self.action)
        try key.checkNotPendingDeletion()
        let present = try vault.tags(of: key)
        try vault.setTags(try tags?.tags(over: present) ?? present, of: key)
        return EmptyResponse()
    }
}
