internal import Notation

/// Lists the users or roles of the caller's account, by their names.
///
/// [ListUsers](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html),
/// [ListRoles](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html).
/// Errors: none of its own.
package struct ListPrincipals<Holder: PrincipalHolder>: ReadOperation {
    package typealias Response = IAMListAnswer

    package static var action: IAMAction { Holder.action(user: .listUsers, role: .listRoles) }

    private let pathPrefix: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        pathPrefix = try members.string("PathPrefix")
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.length(of: pathPrefix, 1...512, at: "pathPrefix")
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let account = call.caller.scope.account
        let prefix = pathPrefix ?? "/"
        let all = try vault.principals(Holder.kind, in: account, after: "", limit: .max)
            .filter { $0.path.hasPrefix(prefix) }
        let page = try page.page(of: "\(Self.action)|\(account)|\(prefix)", sorted: all) {
            $0.name.lowercased()
        }
        let elements = page.items.map { PrincipalElement(principal: $0, tags: [], form: .listed) }
        return IAMListAnswer("\(Holder.word)s", elements, marker: page.next)
    }
}
