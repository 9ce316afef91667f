/// Takes a user's password for the console, which no user has here.
///
/// [DeleteLoginProfile](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html).
/// Errors: NoSuchEntity.
package struct DeleteLoginProfile: WriteOperation, PrincipalOperation {
    package typealias Holder = Users
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deleteLoginProfile

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        throw .noLoginProfile(try call.principal.name)
    }
}
