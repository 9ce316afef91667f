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
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        name = try members.string(Holder.nameMember)
        pathPrefix = try members.string("PathPrefix")
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = nameConstraints
        constraints.length(of: pathPrefix, 1...512, at: "pathPrefix")
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let prefix = ":policy\(pathPrefix ?? "/")"
        let principal = try call.principal
        let arns = try vault.attachedPolicyARNs(of: principal).filter { $0.contains(prefix) }
        let query = "\(Self.action)|\(principal.arn)|\(prefix)"
        let page = try page.page(of: query, listed: arns) { $0 }
        return IAMListAnswer(
            "AttachedPolicies",
            page.items.map(AttachedPolicyElement.init),
            marker: page.next
        )
    }
}

/// A managed policy by name and ARN.
struct AttachedPolicyElement: Sendable, JSONWritable {
    let arn: String

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("PolicyName", String(arn.split(separator: "/").last ?? ""))
        writer.member("PolicyArn", arn)
        writer.endObject()
    }
}
