/// Gives a key a second name.
///
/// [CreateAlias](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html).
/// Errors: AlreadyExistsException, NotFoundException, InvalidAliasNameException,
/// LimitExceededException, KMSInvalidStateException.
package struct CreateAlias: WriteOperation, AliasOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.createAlias

    package let target: AliasTarget

    package init(from members: inout Members) throws(APIError) {
        target = try AliasTarget(from: &members)
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try target.key(for: call, Self.action, vault)
        let name = target.aliasName ?? ""
        if let alias = try vault.alias(name, in: call.caller.scope) { throw .aliasExists(alias) }
        let alias = KeyAlias(
            name: name,
            scope: call.caller.scope,
            targetKeyID: key.arn.keyID,
            createdAt: call.now,
            updatedAt: call.now
        )
        try vault.setAlias(alias, of: key)
        return EmptyResponse()
    }
}
