package import JSON

/// Lists the users and roles that a managed policy is attached to.
///
/// [ListEntitiesForPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html).
/// Errors: NoSuchEntity.
package struct ListEntitiesForPolicy: ReadOperation, ManagedPolicyOperation {
    package static let action = IAMAction.listEntitiesForPolicy

    package let policyARN: String?
    private let filter: String?
    private let usage: String?

    private static let filters = [
        "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy",
    ]

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        filter = try members.string("EntityFilter")
        usage = try members.string("PolicyUsageFilter")
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        constraints.oneOf(filter, Self.filters, at: "entityFilter")
        let usages = ["PermissionsPolicy", "PermissionsBoundary"]
        constraints.oneOf(usage, usages, at: "policyUsageFilter")
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let arn = policyARN ?? ""
        if AWSManagedPolicy(arn: arn) == nil { _ = try customerPolicy(call, vault) }
        let account = call.caller.scope.account
        var principals: [IAMPrincipal] = []
        if usage != "PermissionsBoundary" {
            principals += try vault.principals(withPolicy: arn, in: account)
        }
        if usage != "PermissionsPolicy" {
            let bounded = try vault.principals(boundedBy: arn, in: account)
            principals += bounded.filter { !principals.contains($0) }
        }
        return Response(
            users: filter == nil || filter == "User" ? principals.filter { $0.kind == .user } : [],
            roles: filter == nil || filter == "Role" ? principals.filter { $0.kind == .role } : []
        )
    }

    package struct Response: Sendable, JSONWritable {
        let users: [IAMPrincipal]
        let roles: [IAMPrincipal]

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("IsTruncated", false)
            writer.member("PolicyGroups", [String]())
            write("User", users, to: &writer)
            write("Role", roles, to: &writer)
            writer.endObject()
        }

        private func write(
            _ word: String,
            _ principals: [IAMPrincipal],
            to writer: inout JSONWriter
        ) {
            writer.name("Policy\(word)s")
            writer.beginArray()
            for principal in principals {
                writer.beginObject()
                writer.member("\(word)Name", principal.name)
                writer.member("\(word)Id", principal.uniqueID)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}
