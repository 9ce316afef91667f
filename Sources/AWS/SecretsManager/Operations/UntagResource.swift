/// Removes tags by their keys; a key that is not there is no error.
///
/// [UntagResource](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html).
/// LastChangedDate stays as it is, which AWS does not document.
/// Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
package struct UntagResource: SecretOperation, WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = SecretsManagerAction.untagResource

    package let secretID: String?
    private let tagKeys: [String]?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        tagKeys = try members.strings("TagKeys")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
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
        var permission = ownPermission
        permission.set("aws:TagKeys", all: tagKeys)
        return [permission]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let secret = try call.secret
        let keys = tagKeys ?? []
        try TagRules.secretsManager.checkRemovable(keys)
        let tags = try vault.tags(of: secret)
        let rest = TagRules.secretsManager.remove(keys, from: tags)
        guard rest.count < tags.count else { return EmptyResponse() }
        try vault.setTags(rest, of: secret)
        try refuseLockOut(byTagsOf: secret, call, vault)
        return EmptyResponse()
    }
}
