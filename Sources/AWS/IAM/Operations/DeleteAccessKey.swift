/// Deletes an access key: from now on it is nobody's.
///
/// [DeleteAccessKey](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html).
/// Errors: NoSuchEntity.
package struct DeleteAccessKey: WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deleteAccessKey

    private let owner: AccessKeyOwner
    private let accessKeyID: String?

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
        accessKeyID = try members.string("AccessKeyId")
    }

    package var subject: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = owner.constraints
        constraints.accessKeyID(accessKeyID)
        return constraints.violations
    }

    package func permissions() -> [Permission] { [owner.permission(for: Self.action)] }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        try vault.delete(try owner.key(accessKeyID ?? "", call, vault))
        return EmptyResponse()
    }
}
