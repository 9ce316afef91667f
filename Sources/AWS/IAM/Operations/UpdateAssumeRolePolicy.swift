/// Changes who may assume a role.
///
/// [UpdateAssumeRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html).
/// Errors: NoSuchEntity, MalformedPolicyDocument.
package struct UpdateAssumeRolePolicy: WriteOperation, PrincipalOperation {
    package typealias Holder = Roles
    package typealias Response = EmptyResponse

    package static let action = IAMAction.updateAssumeRolePolicy

    package let name: String?
    private let document: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("RoleName")
        document = try members.string("PolicyDocument")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyDocument(document)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var role = try call.principal
        try IAMPolicyDocument.checkTrustPolicy(document ?? "", vault)
        role.trustPolicy = document
        try vault.update(role)
        return EmptyResponse()
    }
}
