/// Removes tags from a user or role; those that it does not have are no error.
///
/// [UntagUser](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html),
/// [UntagRole](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html).
/// Errors: NoSuchEntity.
package struct UntagPrincipal<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction { Holder.action(user: .untagUser, role: .untagRole) }

    package let name: String?
    private let keys: [String]?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        keys = try members.strings("TagKeys")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.require(keys, at: "tagKeys")
        constraints.count(of: keys, 0...50, at: "tagKeys")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("aws:TagKeys", all: keys)
        return [permission]
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        let tags = try vault.tags(of: principal)
        try vault.setTags(TagRules.iam.remove(keys ?? [], from: tags), of: principal)
        return EmptyResponse()
    }
}
