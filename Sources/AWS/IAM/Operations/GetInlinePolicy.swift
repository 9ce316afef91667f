package import JSON
internal import Notation

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
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let principal = try call.principal
        let name = policyName ?? ""
        guard let policy = try vault.inlinePolicies(of: principal).named(name) else {
            throw .noSuchInlinePolicy(Holder.kind, name)
        }
        return Response(principal: principal, name: name, document: policy.document)
    }

    package struct Response: Sendable, JSONWritable {
        let principal: IAMPrincipal
        /// As it was asked for.
        let name: String
        let document: String

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member(Holder.nameMember, principal.name)
            writer.member("PolicyName", name)
            writer.member("PolicyDocument", PercentEncoding.encode(document))
            writer.endObject()
        }
    }
}
