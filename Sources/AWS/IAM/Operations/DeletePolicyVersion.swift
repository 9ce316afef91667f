/// Deletes a version of a managed policy that is not the default.
///
/// [DeletePolicyVersion](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html).
/// Errors: NoSuchEntity, DeleteConflict.
package struct DeletePolicyVersion: WriteOperation, ManagedPolicyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deletePolicyVersion

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
        let policy = try customerPolicy(call)
        let id = versionID ?? ""
        guard let version = try vault.versions(of: policy).first(where: { $0.id == id }) else {
            throw .noSuchPolicyVersion(policy.arn, id)
        }
        guard version.number != policy.defaultVersion else { throw .defaultVersionStays }
        try vault.deleteVersion(version.number, of: policy)
        return EmptyResponse()
    }
}
