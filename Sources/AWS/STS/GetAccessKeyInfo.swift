/// Says which account an access key id is of.
///
/// [GetAccessKeyInfo](https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html).
/// An id that nobody has here is read: the account is part of it. Errors: ValidationError.
package struct GetAccessKeyInfo: ReadOperation {
    package typealias Response = IAMAnswer

    package static let action = STSAction.getAccessKeyInfo

    private let accessKeyID: String?

    package init(from members: inout Members) throws(APIError) {
        accessKeyID = try members.string("AccessKeyId")
    }

    package var subjectID: String? { accessKeyID }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.accessKeyID(accessKeyID)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMAnswer {
        let id = accessKeyID ?? ""
        let known = try vault.credential(accessKeyID: id)?.key.account
        guard let account = known ?? UniqueID.account(ofAccessKey: id) else {
            throw .unreadableAccessKeyID(id)
        }
        return IAMAnswer("Account", IAMText(account))
    }
}
