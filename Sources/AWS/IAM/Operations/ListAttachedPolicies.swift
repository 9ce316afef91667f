internal import JSON

/// Lists the managed policies that are attached to a user or role.
///
/// [ListAttachedUserPolicies](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html),
/// [ListAttachedRolePolicies](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html).
/// Errors: NoSuchEntity.
package struct ListAttachedPolicies<Holder: PrincipalHolder>: ReadOperation, PrincipalOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction {
        Holder.action(user: .listAttachedUserPolicies, role: .listAttachedRolePolicies)
    }

    package let name: String?
    private let pathPrefix: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        pathPrefix = try members.string("PathPrefix")
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let prefix = ":policy\(pathPrefix ?? "/")"
        // Ten at most: one page.
        let arns = try vault.attachedPolicyARNs(of: try principal(call, vault))
        let elements = arns.filter { $0.contains(prefix) }.map(AttachedPolicyElement.init)
        return IAMListAnswer("AttachedPolicies", elements)
    }
}

/// A managed policy by name and ARN.
private struct AttachedPolicyElement: Sendable, JSONWritable {
    let arn: String

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("PolicyName", String(arn.split(separator: "/").last ?? ""))
        writer.member("PolicyArn", arn)
        writer.endObject()
    }
}
