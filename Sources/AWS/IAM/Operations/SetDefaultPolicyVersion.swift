/// Makes a version of a managed policy the one that counts.
///
/// [SetDefaultPolicyVersion](https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html).
/// Errors: NoSuchEntity.
package struct SetDefaultPolicyVersion: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.setDefaultPolicyVersion

    package let policyARN: String?
    private let versionID: String?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        versionID = try members.string("VersionId")
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        constraints.versionID(ofPolicy: versionID)
        return constraints.violations
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var policy = try customerPolicy(call)
        let id = versionID ?? ""
        guard let version = try vault.versions(of: policy).first(where: { $0.id == id }) else {
            throw .noSuchPolicyVersion(policy.arn, id)
        }
        policy.defaultVersion = version.number
        policy.updatedAt = call.now
        try vault.update(policy)
        return EmptyResponse()
    }
}
