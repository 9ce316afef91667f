internal import Notation

/// Deletes a managed policy that is attached to nobody and has one version.
///
/// [DeletePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html).
/// Errors: NoSuchEntity, DeleteConflict.
package struct DeletePolicy: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deletePolicy

    package let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let policy = try customerPolicy(call)
        let attached = try vault.principals(withPolicy: policy.arn, in: policy.account)
        let bounded = try vault.principals(boundedBy: policy.arn, in: policy.account)
        guard attached.isEmpty, bounded.isEmpty else { throw .policyIsAttached }
        guard try vault.versions(of: policy).count == 1 else { throw .policyHasVersions }
        try vault.delete(policy)
        return EmptyResponse()
    }
}
