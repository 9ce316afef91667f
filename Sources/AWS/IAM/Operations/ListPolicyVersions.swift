/// Lists the versions of a managed policy, the newest first.
///
/// [ListPolicyVersions](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html).
/// Errors: NoSuchEntity.
package struct ListPolicyVersions: ReadOperation, ManagedPolicyOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listPolicyVersions

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
        let (versions, current) = try versions(call, vault)
        let query = "\(Self.action)|\(policyARN ?? "")"
        let page = try page.page(of: query, listed: versions, position: \.id)
        let elements = page.items.map { version in
            PolicyVersionElement(
                version: version,
                isDefault: version.number == current,
                showsDocument: false
            )
        }
        return IAMListAnswer("Versions", elements, marker: page.next)
    }
}
