/// Adds tags to a managed policy, or gives the ones it has new values.
///
/// [TagPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html).
/// Errors: NoSuchEntity, InvalidInput, LimitExceeded.
package struct TagPolicy: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.tagPolicy

    package let policyARN: String?
    private let tags: TagList?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        tags = try TagList("Tags", .iam, from: &members)
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

    package func checkBeforeLookup() throws(APIError) {
        if let tags, tags.isEmpty { throw .noTags }
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let policy = try customerPolicy(call)
        let present = try vault.tags(of: policy)
        try vault.setTags(try tags?.tags(over: present) ?? present, of: policy)
        return EmptyResponse()
    }
}
