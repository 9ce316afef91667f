internal import Notation

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
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        scope = try members.string("Scope")
        onlyAttached = try members.boolean("OnlyAttached")
        pathPrefix = try members.string("PathPrefix")
        usage = try members.string("PolicyUsageFilter")
        page = try PageRequest(.iam, from: &members)
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
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let account = call.caller.scope.account
        var elements: [ManagedPolicyElement] = []
        if scope != "AWS" {
            for policy in try vault.managedPolicies(in: account, after: "", limit: .max) {
                elements.append(try vault.element(policy, .listed))
            }
        }
        if scope != "Local" {
            for policy in AWSManagedPolicy.all(in: call.caller.scope.partition) {
                elements.append(try vault.element(policy, in: account, .listed))
            }
        }
        let listed = elements.filter(matches).sorted { $0.arn < $1.arn }
        let query = [account, scope, pathPrefix, usage, onlyAttached == true ? "attached" : nil]
            .map { $0 ?? "" }.joined(separator: "|")
        let page = try page.page(of: query, sorted: listed, position: \.arn)
        return IAMListAnswer("Policies", page.items, marker: page.next)
    }

    private func matches(_ policy: ManagedPolicyElement) -> Bool {
        guard policy.path.hasPrefix(pathPrefix ?? "/") else { return false }
        // How it is used matters only where use is asked for.
        guard onlyAttached == true else { return true }
        return switch usage {
        case "PermissionsPolicy": policy.attachmentCount > 0
        case "PermissionsBoundary": policy.boundaryCount > 0
        default: policy.attachmentCount + policy.boundaryCount > 0
        }
    }
}
