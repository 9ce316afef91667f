/// Adds tags to a key, or gives the ones it has new values.
///
/// [TagResource](https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException, TagException.
package struct TagKMSKey: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.tagResource

    package let keyID: String?
    private let tags: KeyTagList?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        tags = try KeyTagList("Tags", from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(tags, at: "tags")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try vault.changeableKey(keyID, for: call, Self.action)
        try key.checkNotPendingDeletion()
        let additions = try tags?.tags() ?? []
        let merged = Tag.merge(additions, into: try vault.tags(of: key))
        guard merged.count <= Tag.maximumPerSecret else { throw .tooManyKeyTags }
        try vault.setTags(merged, of: key)
        return EmptyResponse()
    }
}
