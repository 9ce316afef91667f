/// Lists the access keys of a user, without their secrets.
///
/// [ListAccessKeys](https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html).
/// Errors: NoSuchEntity.
package struct ListAccessKeys: ReadOperation {
    package typealias Response = IAMListAnswer

    package static let action = IAMAction.listAccessKeys

    private let owner: AccessKeyOwner

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
    }

    package var subject: String? { owner.name }

    package func violations() -> [Violation] { owner.constraints.violations }

    package func permissions() -> [Permission] { [owner.permission(for: Self.action)] }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMListAnswer {
        let user = try owner.user(call, vault)
        // Two at most: one page.
        let keys = try vault.accessKeys(ofPrincipal: user?.id, in: call.caller.scope.account)
        return IAMListAnswer(
            "AccessKeyMetadata",
            keys.map { AccessKeyElement(key: $0, userName: user?.name) }
        )
    }
}
