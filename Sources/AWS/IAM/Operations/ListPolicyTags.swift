/// Lists the tags of a managed policy, in the order in which they were first attached.
///
/// [ListPolicyTags](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html).
/// Errors: NoSuchEntity.
package struct ListPolicyTags: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listPolicyTags

    package let policyARN: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let arn = policyARN ?? ""
        let tags =
            AWSManagedPolicy(arn: arn) == nil ? try vault.tags(of: try customerPolicy(call)) : []
        return try IAMListAnswer(tags: tags, of: "\(Self.action)|\(arn)", page)
    }
}
