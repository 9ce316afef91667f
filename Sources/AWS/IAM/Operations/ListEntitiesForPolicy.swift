package import JSON
internal import Notation

/// Lists the users and roles that a managed policy is attached to.
///
/// [ListEntitiesForPolicy](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html).
/// Errors: NoSuchEntity.
package struct ListEntitiesForPolicy: ReadOperation, ManagedPolicyOperation {
    package static let action = IAMAction.listEntitiesForPolicy

    package let policyARN: String?
    private let filter: String?
    private let usage: String?
    private let page: PageRequest

    private static let filters = [
        "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy",
    ]

    package init(from members: inout Members) throws(APIError) {
        policyARN = try members.string("PolicyArn")
        filter = try members.string("EntityFilter")
        usage = try members.string("PolicyUsageFilter")
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = arnConstraints
        constraints.oneOf(filter, Self.filters, at: "entityFilter")
        let usages = ["PermissionsPolicy", "PermissionsBoundary"]
        constraints.oneOf(usage, usages, at: "policyUsageFilter")
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<ManagedPolicy>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let arn = policyARN ?? ""
        if AWSManagedPolicy(arn: arn) == nil { _ = try customerPolicy(call) }
        let account = call.caller.scope.account
        var principals: [IAMPrincipal] = []
        if usage != "PermissionsBoundary" {
            principals += try vault.principals(withPolicy: arn, in: account)
        }
        if usage != "PermissionsPolicy" {
            let bounded = try vault.principals(boundedBy: arn, in: account)
            principals += bounded.filter { !principals.contains($0) }
        }
        let listed = principals.filter { principal in
            switch filter {
            case "User": principal.kind == .user
            case "Role": principal.kind == .role
            case nil: true
            default: false
            }
        }
        let query = [arn, account, filter ?? "", usage ?? ""].joined(separator: "|")
        return Response(page: try page.page(of: query, listed: listed, position: \.arn))
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<IAMPrincipal>

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("IsTruncated", page.next != nil)
            writer.member("Marker", page.next)
            writer.member("PolicyGroups", [String]())
            write("User", page.items.filter { $0.kind == .user }, to: &writer)
            write("Role", page.items.filter { $0.kind == .role }, to: &writer)
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
