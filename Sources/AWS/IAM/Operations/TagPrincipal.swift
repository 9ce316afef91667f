/// Adds tags to a user or role, or gives the ones it has new values.
///
/// [TagUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html),
/// [TagRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html).
/// Errors: NoSuchEntity, InvalidInput, LimitExceeded.
package struct TagPrincipal<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction { Holder.action(user: .tagUser, role: .tagRole) }

    package let name: String?
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        tags = try TagList("Tags", .iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.require(tags, at: "tags")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set(requestTags: tags)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        if let tags, tags.isEmpty { throw .noTags }
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        let present = try vault.tags(of: principal)
        try vault.setTags(try tags?.tags(over: present) ?? present, of: principal)
        return EmptyResponse()
    }
}
