/// Changes a role's description, as UpdateRole does since.
///
/// [UpdateRoleDescription](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html).
/// Errors: NoSuchEntity.
package struct UpdateRoleDescription: WriteOperation, PrincipalOperation {
    package typealias Response = IAMAnswer

    package typealias Holder = Roles

    package static let action = IAMAction.updateRoleDescription

    package let name: String?
    private let description: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("RoleName")
        description = try members.string("Description")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.require(description, at: "description")
        constraints.iamDescription(description)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        var role = try call.principal
        role.description = description
        try vault.update(role)
        return IAMAnswer(
            "Role",
            PrincipalElement(principal: role, tags: try vault.tags(of: role))
        )
    }
}
