/// Adds tags to a managed policy, or gives the ones it has new values.
///
/// [TagPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html).
/// Errors: NoSuchEntity, InvalidInput, LimitExceeded.
package struct TagPolicy: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.tagPolicy

    package let policyARN: String?
    private let tags: IAMTagList?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        tags = try IAMTagList(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        constraints.require(tags, at: "tags")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set(requestTags: tags)
        return [permission]
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let policy = try customerPolicy(call, vault)
        let present = try vault.tags(of: policy)
        try vault.setTags(try tags?.tags(over: present) ?? present, of: policy)
        return EmptyResponse()
    }
}
