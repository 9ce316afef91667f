/// Adds tags to a secret, or gives the ones it has new values.
///
/// [TagResource](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html).
/// Errors: ResourceNotFoundException, InvalidRequestException, InvalidParameterException.
package struct TagResource: SecretOperation, WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = SecretsManagerAction.tagResource

    package let secretID: String?
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        tags = try TagList("Tags", .secretsManager, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(tags, at: "tags")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set(requestTags: tags)
        return [permission]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var secret = try call.secret
        let present = try vault.tags(of: secret)
        let merged = try tags?.tags(over: present) ?? present
        try vault.setTags(merged, of: secret)
        try refuseLockOut(byTagsOf: secret, call, vault)
        if !merged.isEmpty { secret.wasEverTagged = true }
        secret.touch(at: call.now)
        try vault.update(secret)
        return EmptyResponse()
    }
}
