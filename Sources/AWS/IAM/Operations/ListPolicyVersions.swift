/// Lists the versions of a managed policy, the newest first.
///
/// [ListPolicyVersions](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html).
/// Errors: NoSuchEntity.
package struct ListPolicyVersions: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listPolicyVersions

    package let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        // Five at most: one page.
        let (versions, current) = try versions(call, vault)
        let elements = versions.map { version in
            PolicyVersionElement(
                version: version,
                isDefault: version.number == current,
                showsDocument: false
            )
        }
        return IAMListAnswer("Versions", elements)
    }
}
