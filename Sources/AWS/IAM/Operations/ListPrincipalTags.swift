/// Lists the tags of a user or role, in the order in which they were first attached.
///
/// [ListUserTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html),
/// [ListRoleTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html).
/// Errors: NoSuchEntity.
package struct ListPrincipalTags<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction { Holder.action(user: .listUserTags, role: .listRoleTags) }

    package let name: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        // 50 at most: one page.
        IAMListAnswer("Tags", try vault.tags(of: try principal(call, vault)))
    }
}
