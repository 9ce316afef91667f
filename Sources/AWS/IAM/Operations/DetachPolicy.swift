internal import Notation

/// Detaches a managed policy from a user or role.
///
/// [DetachUserPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html),
/// [DetachRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html).
/// Errors: NoSuchEntity.
package struct DetachPolicy<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .detachUserPolicy, role: .detachRolePolicy)
    }

    package static var isAboutPolicies: Bool { true }

    package let name: String?
    private let policyARN: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        policyARN = try members.string("PolicyArn")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyARN(policyARN)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("iam:PolicyARN", policyARN)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        guard ARN(policyARN ?? "") != nil else { throw .unreadableARN }
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        let arn = policyARN ?? ""
        guard try vault.attachedPolicyARNs(of: principal).contains(arn) else {
            throw .policyNotAttached(arn)
        }
        try vault.detachPolicy(arn: arn, from: principal)
        return EmptyResponse()
    }
}
