internal import Notation

/// Gives the account a name, in place of the one that it has.
///
/// [CreateAccountAlias](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html).
/// Errors: EntityAlreadyExists for a name that another account has.
package struct CreateAccountAlias: AccountAliasOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.createAccountAlias

    package let alias: String?

    package init(from members: inout Members) throws(APIError) {
        alias = try members.string("AccountAlias")
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let (alias, account) = (alias ?? "", call.caller.scope.account)
        guard try vault.account(ofAlias: alias) ?? account == account else {
            throw .accountAliasExists(alias)
        }
        try vault.setAlias(alias, ofAccount: account)
        return EmptyResponse()
    }
}
