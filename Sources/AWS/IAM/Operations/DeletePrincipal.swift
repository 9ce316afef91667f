internal import Notation

/// Deletes a user or role that nothing is left in.
///
/// [DeleteUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html),
/// [DeleteRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html).
/// Errors: NoSuchEntity, DeleteConflict.
package struct DeletePrincipal<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction { Holder.action(user: .deleteUser, role: .deleteRole) }

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        guard try vault.attachedPolicyARNs(of: principal).isEmpty else {
            throw .mustDetachPolicies
        }
        guard try vault.inlinePolicies(of: principal).isEmpty else { throw .mustDeletePolicies }
        let keys = try vault.accessKeys(ofPrincipal: principal.id, in: principal.account)
        guard keys.isEmpty else { throw .mustDeleteAccessKeys }
        try vault.delete(principal)
        return EmptyResponse()
    }
}
