/// Gives the name of one key to another.
///
/// [UpdateAlias](https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html).
/// Secrets that name the alias seal their next values under the other key; those they have stay
/// under the former one. Errors: NotFoundException, LimitExceededException,
/// KMSInvalidStateException.
package struct UpdateAlias: WriteOperation, AliasOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.updateAlias

    package let target: AliasTarget

    package init(from members: inout Members) throws(APIError) {
        target = try AliasTarget(from: &members)
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let name = target.aliasName ?? ""
        try KeyAlias.check(name)
        guard var alias = try vault.alias(name, in: call.caller.scope) else {
            throw .aliasNotFound(name, call.caller.scope)
        }
        let key = try target.key(for: call, Self.action, vault)
        alias.targetKeyID = key.arn.keyID
        alias.updatedAt = call.now
        try vault.setAlias(alias, of: key)
        return EmptyResponse()
    }
}
