internal import Notation

/// Attaches a managed policy to a user or role; once is enough.
///
/// [AttachUserPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html),
/// [AttachRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html).
/// Errors: NoSuchEntity, LimitExceeded.
package struct AttachPolicy<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .attachUserPolicy, role: .attachRolePolicy)
    }

    package static var isAboutPolicies: Bool { true }

    package let name: String?
    private let policyARN: String?

    /// The most policies that can be attached to one user or role.
    package static var maximum: Int { 10 }

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
        try vault.checkAttachable(arn, to: principal)
        let attached = try vault.attachedPolicyARNs(of: principal)
        guard attached.contains(arn) || attached.count < Self.maximum else {
            throw .tooManyAttachments(Holder.kind)
        }
        try vault.attachPolicy(arn: arn, to: principal)
        return EmptyResponse()
    }
}
