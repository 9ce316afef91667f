internal import Notation

/// Makes a managed policy the most that a user or role can do.
///
/// [PutUserPermissionsBoundary](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html),
/// [PutRolePermissionsBoundary](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html).
/// Errors: NoSuchEntity.
package struct PutPermissionsBoundary<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .putUserPermissionsBoundary, role: .putRolePermissionsBoundary)
    }

    package let name: String?
    private let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        policyARN = try members.string("PermissionsBoundary")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyARN(policyARN, at: "permissionsBoundary")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("iam:PermissionsBoundary", policyARN)
        return [permission]
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var principal = try call.principal
        let arn = policyARN ?? ""
        try vault.checkAttachable(arn, to: principal)
        principal.boundaryARN = arn
        try vault.update(principal)
        return EmptyResponse()
    }
}
