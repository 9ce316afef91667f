/// Lists the tags of a managed policy, in the order in which they were first attached.
///
/// [ListPolicyTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html).
/// Errors: NoSuchEntity.
package struct ListPolicyTags: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listPolicyTags

    package let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        if AWSManagedPolicy(arn: policyARN ?? "") != nil { return IAMListAnswer("Tags", []) }
        return IAMListAnswer("Tags", try vault.tags(of: try customerPolicy(call, vault)))
    }
}
