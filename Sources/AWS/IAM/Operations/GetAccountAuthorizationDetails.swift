package import JSON
internal import Notation

/// Shows the users, roles and policies of the account with all that says what they may do.
///
/// [GetAccountAuthorizationDetails](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
/// Of AWS's own policies, those that somebody has. Errors: none of its own.
package struct GetAccountAuthorizationDetails: ReadOperation {
    package static let action = IAMAction.getAccountAuthorizationDetails

    private let filter: [String]?
    private let page: PageRequest

    private static let kinds = [
        "User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy",
    ]

    package init(from members: inout Members) throws(APIError) {
        filter = try members.strings("Filter")
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        let set = Self.kinds.joined(separator: ", ")
        constraints.elements(
            of: filter,
            ["Member must satisfy enum value set: [\(set)]"],
            at: "filter"
        ) { Self.kinds.contains($0) }
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let scope = call.caller.scope
        var details: [AuthorizationDetail] = []
        for (kind, name) in [(IAMPrincipal.Kind.user, "User"), (.role, "Role")] where wants(name) {
            let principals = try vault.principals(kind, in: scope.account, after: "", limit: .max)
            details += principals.map(AuthorizationDetail.principal)
        }
        if wants("LocalManagedPolicy") {
            let policies = try vault.managedPolicies(in: scope.account, after: "", limit: .max)
            details += policies.map(AuthorizationDetail.policy)
        }
        if wants("AWSManagedPolicy") {
            for policy in AWSManagedPolicy.all(in: scope.partition) {
                let element = try vault.element(policy, in: scope.account, .listed)
                guard element.attachmentCount + element.boundaryCount > 0 else { continue }
                details.append(.ofAWS(policy))
            }
        }
        let query = "\(Self.action)|\(scope.account)|\((filter ?? []).joined(separator: ","))"
        let page = try page.page(of: query, listed: details, position: \.arn)
        var elements: [AuthorizationDetail.Kind: [any JSONWritable & Sendable]] = [:]
        for detail in page.items {
            let element = try detail.element(in: scope.account, vault)
            elements[detail.kind, default: []].append(element)
        }
        return Response(elements: elements, marker: page.next)
    }

    private func wants(_ kind: String) -> Bool { filter?.contains(kind) ?? true }

    /// A list of each kind.
    package struct Response: Sendable, JSONWritable {
        let elements: [AuthorizationDetail.Kind: [any JSONWritable & Sendable]]
        let marker: String?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("IsTruncated", marker != nil)
            writer.member("Marker", marker)
            for kind in AuthorizationDetail.Kind.allCases {
                writer.name(kind.rawValue)
                writer.beginArray()
                for element in elements[kind] ?? [] { element.write(to: &writer) }
                writer.endArray()
            }
            writer.endObject()
        }
    }
}
