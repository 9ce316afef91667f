/// Adds a version to a managed policy.
///
/// [CreatePolicyVersion](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html).
/// Errors: NoSuchEntity, MalformedPolicyDocument, LimitExceeded.
package struct CreatePolicyVersion: WriteOperation, ManagedPolicyOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.createPolicyVersion

    package let policyARN: String?
    private let document: String?
    private let setAsDefault: Bool?

    /// The most versions that a policy can have at a time.
    package static let maximum = 5

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        document = try members.string("PolicyDocument")
        setAsDefault = try members.boolean("SetAsDefault")
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        constraints.policyDocument(document)
        return constraints.violations
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        var policy = try customerPolicy(call)
        try IAMPolicyDocument.checkManagedPolicy(document ?? "", in: policy.partition)
        guard try vault.versions(of: policy).count < Self.maximum else {
            throw .tooManyPolicyVersions
        }
        policy.lastVersion += 1
        policy.updatedAt = call.now
        let version = ManagedPolicyVersion(
            number: policy.lastVersion,
            document: document ?? "",
            createdAt: call.now
        )
        try vault.insertVersion(version, of: policy)
        let isDefault = setAsDefault ?? false
        if isDefault { policy.defaultVersion = version.number }
        try vault.update(policy)
        return IAMAnswer(
            "PolicyVersion",
            PolicyVersionElement(version: version, isDefault: isDefault, showsDocument: false)
        )
    }
}
