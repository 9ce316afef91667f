/// Lists the names of the policies inside a user or role.
///
/// [ListUserPolicies](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html),
/// [ListRolePolicies](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html).
/// Errors: NoSuchEntity.
package struct ListInlinePolicies<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction {
        Holder.action(user: .listUserPolicies, role: .listRolePolicies)
    }

    package let name: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let principal = try call.principal
        let names = try vault.inlinePolicies(of: principal).map(\.name)
        let page = try page.page(of: "\(Self.action)|\(principal.arn)", sorted: names) { $0 }
        return IAMListAnswer("PolicyNames", page.items.map(IAMText.init), marker: page.next)
    }
}
