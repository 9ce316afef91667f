internal import Notation

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
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        if let policy = AWSManagedPolicy(arn: policyARN ?? "") {
            let account = call.caller.scope.account
            return IAMAnswer("Policy", try vault.element(policy, in: account, .whole))
        }
        let policy = try customerPolicy(call)
        return IAMAnswer("Policy", try vault.element(policy, .whole))
    }
}
