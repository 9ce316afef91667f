/// Puts a policy into a user or role, in place of one of the same name.
///
/// [PutUserPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html),
/// [PutRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html).
/// Errors: NoSuchEntity, MalformedPolicyDocument, LimitExceeded.
package struct PutInlinePolicy<Holder: PrincipalHolder>: WriteOperation, PrincipalOperation {
    package typealias Response = EmptyResponse

    package static var action: IAMAction {
        Holder.action(user: .putUserPolicy, role: .putRolePolicy)
    }

    package static var isAboutPolicies: Bool { true }

    package let name: String?
    private let policyName: String?
    private let document: String?

    /// Of all inline policies of a user or role together.
    private static var maximumSize: Int { Holder.kind == .user ? 2_048 : 10_240 }

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        policyName = try members.string("PolicyName")
        document = try members.string("PolicyDocument")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyName(ofIAM: policyName)
        constraints.policyDocument(document)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let principal = try call.principal
        try IAMPolicyDocument.checkIdentityPolicy(document ?? "", in: principal.partition)
        // One that is there keeps the spelling of its name.
        let name = policyName ?? ""
        let former = try vault.inlinePolicies(of: principal).named(name)
        try vault.setInlinePolicy(document, named: former?.name ?? name, of: principal)
        let size = try vault.inlinePolicies(of: principal)
            .reduce(0) { $0 + IAMPolicyDocument.size(of: $1.document) }
        guard size <= Self.maximumSize else {
            throw .inlinePoliciesTooLong(principal, Self.maximumSize)
        }
        return EmptyResponse()
    }
}
