/// Deletes an access key: from now on it is nobody's.
///
/// [DeleteAccessKey](https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html).
/// Errors: NoSuchEntity.
package struct DeleteAccessKey: WriteOperation, AccessKeyOperation {
    package typealias Response = EmptyResponse

    package static let action = IAMAction.deleteAccessKey

    package let owner: AccessKeyOwner
    private let accessKeyID: String?

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
        accessKeyID = try members.string("AccessKeyId")
    }

    package var subjectID: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = owner.constraints
        constraints.accessKeyID(accessKeyID)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        try vault.delete(try owner.key(accessKeyID ?? "", call.caller, vault))
        return EmptyResponse()
    }
}
