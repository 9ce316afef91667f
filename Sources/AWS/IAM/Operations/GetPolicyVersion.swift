/// Shows one version of a managed policy, with its text.
///
/// [GetPolicyVersion](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html).
/// Errors: NoSuchEntity.
package struct GetPolicyVersion: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.getPolicyVersion

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
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        let (arn, id) = (policyARN ?? "", versionID ?? "")
        let (versions, current) = try versions(call, vault)
        guard let version = versions.first(where: { $0.id == id }) else {
            throw .noSuchPolicyVersion(arn, id)
        }
        return IAMAnswer(
            "PolicyVersion",
            PolicyVersionElement(version: version, isDefault: version.number == current)
        )
    }
}

extension ManagedPolicyOperation {
    /// All versions of a policy, one of AWS too, the newest first, and the number of the default.
    func versions(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultReading
    ) throws(APIError) -> ([ManagedPolicyVersion], Int64) {
        if let policy = AWSManagedPolicy(arn: policyARN ?? "") {
            return ([policy.version], policy.version.number)
        }
        let policy = try customerPolicy(call)
        return (try vault.versions(of: policy), policy.defaultVersion)
    }
}
