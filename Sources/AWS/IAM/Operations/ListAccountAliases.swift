internal import Notation

/// Lists the names of the account, of which there is one at most.
///
/// [ListAccountAliases](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html).
/// Errors: none of its own.
package struct ListAccountAliases: ReadOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listAccountAliases

    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let account = call.caller.scope.account
        let aliases = try vault.alias(ofAccount: account).map { [$0] } ?? []
        let page = try page.page(of: "\(Self.action)|\(account)", listed: aliases) { $0 }
        return IAMListAnswer("AccountAliases", page.items.map(IAMText.init), marker: page.next)
    }
}
