/// Changes a role's description and how long its sessions may last.
///
/// [UpdateRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html).
/// Errors: NoSuchEntity.
package struct UpdateRole: WriteOperation, PrincipalOperation {
    package typealias Holder = Roles
    package typealias Response = IAMNothing

    package static let action = IAMAction.updateRole

    package let name: String?
    private let description: String?
    private let maxSessionSeconds: Int64?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("RoleName")
        description = try members.string("Description")
        maxSessionSeconds = try members.integer("MaxSessionDuration")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.iamDescription(description)
        constraints.range(of: maxSessionSeconds, 3_600...43_200, at: "maxSessionDuration")
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMNothing {
        var role = try call.principal
        if let description { role.description = description }
        if let maxSessionSeconds { role.maxSessionSeconds = maxSessionSeconds }
        try vault.update(role)
        return IAMNothing()
    }
}
