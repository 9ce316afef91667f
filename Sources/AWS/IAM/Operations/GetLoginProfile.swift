/// Shows when a user got a password for the console, which no user has here.
///
/// [GetLoginProfile](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html).
/// Errors: NoSuchEntity.
package struct GetLoginProfile: ReadOperation, PrincipalOperation {
    package typealias Holder = Users
    package typealias Response = EmptyResponse

    package static let action = IAMAction.getLoginProfile

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> EmptyResponse {
        throw .noLoginProfile(try call.principal.name)
    }
}
