/// Lists the tags of a user or role, in the order in which they were first attached.
///
/// [ListUserTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html),
/// [ListRoleTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html).
/// Errors: NoSuchEntity.
package struct ListPrincipalTags<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction { Holder.action(user: .listUserTags, role: .listRoleTags) }

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
        let query = "\(Self.action)|\(principal.arn)"
        return try IAMListAnswer(tags: try vault.tags(of: principal), of: query, page)
    }
}
