/// Takes the permissions boundary from a user or role.
///
/// [DeleteUserPermissionsBoundary](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html),
/// [DeleteRolePermissionsBoundary](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html).
/// Errors: NoSuchEntity.
package struct DeletePermissionsBoundary<Holder: PrincipalHolder>:
    WriteOperation, PrincipalOperation
{
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .deleteUserPermissionsBoundary, role: .deleteRolePermissionsBoundary)
    }

    package static var isAboutPolicies: Bool { true }

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var principal = try call.principal
        guard principal.boundaryARN != nil else { throw .noBoundary(Holder.kind, name ?? "") }
        principal.boundaryARN = nil
        try vault.update(principal)
        return EmptyResponse()
    }
}
