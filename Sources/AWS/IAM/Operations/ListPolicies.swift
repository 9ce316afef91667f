/// Lists managed policies: the account's, AWS's, or both.
///
/// [ListPolicies](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html).
/// Errors: none of its own.
package struct ListPolicies: ReadOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listPolicies

    private let scope: String?
    private let onlyAttached: Bool?
    private let pathPrefix: String?
    private let usage: String?
    private let page: IAMPage

    package init(from members: inout Members) throws(APIError) {
        scope = try members.string("Scope")
        onlyAttached = try members.boolean("OnlyAttached")
        pathPrefix = try members.string("PathPrefix")
        usage = try members.string("PolicyUsageFilter")
        page = try IAMPage(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.oneOf(scope, ["All", "AWS", "Local"], at: "scope")
        let usages = ["PermissionsPolicy", "PermissionsBoundary"]
        constraints.oneOf(usage, usages, at: "policyUsageFilter")
        constraints.length(of: pathPrefix, 1...512, at: "pathPrefix")
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let account = call.caller.scope.account
        var elements: [PolicyElement] = []
        if scope != "AWS" {
            for policy in try vault.managedPolicies(in: account, after: "", limit: .max) {
                elements.append(try vault.element(policy))
            }
        }
        if scope != "Local" {
            for policy in AWSManagedPolicy.all {
                elements.append(try vault.element(policy, in: account))
            }
        }
        let listed = elements.filter(matches).sorted { $0.arn < $1.arn }
        let query = [account, scope, pathPrefix, usage, onlyAttached == true ? "attached" : nil]
            .map { $0 ?? "" }.joined(separator: "|")
        let page = try page.page(of: listed, query, position: \.arn)
        return IAMListAnswer("Policies", page.items, marker: page.marker)
    }

    private func matches(_ policy: PolicyElement) -> Bool {
        guard policy.path.hasPrefix(pathPrefix ?? "/") else { return false }
        switch usage {
        case "PermissionsPolicy": if policy.attachmentCount == 0 { return false }
        case "PermissionsBoundary": if policy.boundaryCount == 0 { return false }
        default: break
        }
        return onlyAttached != true || policy.attachmentCount + policy.boundaryCount > 0
    }
}
