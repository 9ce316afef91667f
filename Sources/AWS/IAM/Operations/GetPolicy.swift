/// Shows a managed policy, without its text.
///
/// [GetPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html).
/// Errors: NoSuchEntity.
package struct GetPolicy: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.getPolicy

    package let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        if let policy = AWSManagedPolicy(arn: policyARN ?? "") {
            let account = call.caller.scope.account
            return IAMAnswer("Policy", try vault.element(policy, in: account))
        }
        let policy = try customerPolicy(call, vault)
        return IAMAnswer("Policy", try vault.element(policy, withTags: true))
    }
}
