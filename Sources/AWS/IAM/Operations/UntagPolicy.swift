/// Removes tags from a managed policy; those that it does not have are no error.
///
/// [UntagPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html).
/// Errors: NoSuchEntity.
package struct UntagPolicy: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.untagPolicy

    package let policyARN: String?
    private let keys: [String]?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        keys = try members.strings("TagKeys")
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
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
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let policy = try customerPolicy(call)
        let tags = try vault.tags(of: policy)
        try vault.setTags(TagRules.iam.remove(keys ?? [], from: tags), of: policy)
        return EmptyResponse()
    }
}
