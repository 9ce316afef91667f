internal import Notation

/// Lists the access keys of a user, without their secrets.
///
/// [ListAccessKeys](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html).
/// Errors: NoSuchEntity.
package struct ListAccessKeys: ReadOperation, AccessKeyOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listAccessKeys

    package let owner: AccessKeyOwner
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
        page = try PageRequest(.iam, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = owner.constraints
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let user = try owner.user(call.caller, vault)
        let account = call.caller.scope.account
        let keys = try vault.accessKeys(ofPrincipal: user?.id, in: account)
        let query = "\(Self.action)|\(account)|\(user?.name ?? "")"
        let page = try page.page(of: query, listed: keys, position: \.id)
        return IAMListAnswer(
            "AccessKeyMetadata",
            page.items.map { AccessKeyElement(key: $0, userName: user?.name) },
            marker: page.next
        )
    }
}
