/// Makes an access key inactive, or active again.
///
/// [UpdateAccessKey](https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html).
/// Errors: NoSuchEntity.
package struct UpdateAccessKey: WriteOperation, AccessKeyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.updateAccessKey

    package let owner: AccessKeyOwner
    private let accessKeyID: String?
    private let status: String?

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
        accessKeyID = try members.string("AccessKeyId")
        status = try members.string("Status")
    }

    package var subjectID: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = owner.constraints
        constraints.accessKeyID(accessKeyID)
        constraints.require(status, at: "status")
        constraints.oneOf(status, ["Active", "Inactive", "Expired"], at: "status")
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try owner.key(accessKeyID ?? "", call.caller, vault)
        key.isActive = status == "Active"
        try vault.update(key)
        return EmptyResponse()
    }
}
