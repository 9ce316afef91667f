package import JSON

/// Shows a policy inside a user or role.
///
/// [GetUserPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html),
/// [GetRolePolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html).
/// Errors: NoSuchEntity.
package struct GetInlinePolicy<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package static var action: IAMAction {
        Holder.action(user: .getUserPolicy, role: .getRolePolicy)
    }

    package let name: String?
    private let policyName: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        policyName = try members.string("PolicyName")
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.policyName(ofIAM: policyName)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let principal = try principal(call, vault)
        let name = policyName ?? ""
        guard let policy = try vault.inlinePolicies(of: principal).first(where: { $0.name == name })
        else { throw .noSuchInlinePolicy(Holder.kind, name) }
        return Response(principal: principal, policy: policy)
    }

    package struct Response: Sendable, JSONWritable {
        let principal: IAMPrincipal
        let policy: InlinePolicy

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member(Holder.nameMember, principal.name)
            writer.member("PolicyName", policy.name)
            writer.member("PolicyDocument", percentEncoded(policy.document))
            writer.endObject()
        }
    }
}
