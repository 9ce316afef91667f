/// Makes an access key inactive, or active again.
///
/// [UpdateAccessKey](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html).
/// Errors: NoSuchEntity.
package struct UpdateAccessKey: WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.updateAccessKey

    private let owner: AccessKeyOwner
    private let accessKeyID: String?
    private let status: String?

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
        accessKeyID = try members.string("AccessKeyId")
        status = try members.string("Status")
    }

    package var subject: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = owner.constraints
        constraints.accessKeyID(accessKeyID)
        constraints.require(status, at: "status")
        constraints.oneOf(status, ["Active", "Inactive", "Expired"], at: "status")
        return constraints.violations
    }

    package func permissions() -> [Permission] { [owner.permission(for: Self.action)] }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try owner.key(accessKeyID ?? "", call, vault)
        key.isActive = status == "Active"
        try vault.update(key)
        return EmptyResponse()
    }
}
