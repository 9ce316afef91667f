/// Removes tags by their keys; a key that is not there is no error.
///
/// [UntagResource](https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html).
/// Errors: NotFoundException, InvalidArnException, KMSInvalidStateException, TagException.
package struct UntagKMSKey: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.untagResource

    package let keyID: String?
    private let tagKeys: [String]?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        tagKeys = try members.strings("TagKeys")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(tagKeys, at: "tagKeys")
        constraints.elements(
            of: tagKeys,
            [
                "Member must have length less than or equal to 128",
                "Member must have length greater than or equal to 1",
            ],
            at: "tagKeys"
        ) { (1...128).contains($0.utf16.count) }
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set("aws:TagKeys", all: tagKeys)
        return [permission]
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try call.changeableKey(for: Self.action)
        try key.checkNotPendingDeletion()
        let keys = tagKeys ?? []
        try TagRules.kms.checkRemovable(keys)
        try vault.setTags(TagRules.kms.remove(keys, from: try vault.tags(of: key)), of: key)
        return EmptyResponse()
    }
}
