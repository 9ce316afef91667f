internal import Notation

/// Takes the name from the account.
///
/// [DeleteAccountAlias](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html).
/// Errors: NoSuchEntity.
package struct DeleteAccountAlias: AccountAliasOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deleteAccountAlias

    package let alias: String?

    package init(from members: inout Members) throws(APIError) {
        alias = try members.string("AccountAlias")
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let (alias, account) = (alias ?? "", call.caller.scope.account)
        guard try vault.alias(ofAccount: account) == alias else { throw .noSuchAccountAlias(alias) }
        try vault.setAlias(nil, ofAccount: account)
        return EmptyResponse()
    }
}
