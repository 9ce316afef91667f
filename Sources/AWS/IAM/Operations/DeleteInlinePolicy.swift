/// Removes a policy from inside a user or role.
///
/// [DeleteUserPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html),
/// [DeleteRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html).
/// Errors: NoSuchEntity.
package struct DeleteInlinePolicy<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .deleteUserPolicy, role: .deleteRolePolicy)
    }

    package static var isAboutPolicies: Bool { true }

    package let name: String?
    private let policyName: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        policyName = try members.string("PolicyName")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyName(ofIAM: policyName)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        let name = policyName ?? ""
        guard let policy = try vault.inlinePolicies(of: principal).named(name) else {
            throw .noSuchInlinePolicy(Holder.kind, name)
        }
        try vault.setInlinePolicy(nil, named: policy.name, of: principal)
        return EmptyResponse()
    }
}
