internal import Notation

/// Makes an access key, and shows its secret this once.
///
/// [CreateAccessKey](https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html).
/// Errors: NoSuchEntity, LimitExceeded.
package struct CreateAccessKey: WriteOperation, AccessKeyOperation {
    package typealias Response = IAMAnswer

    package static let action = IAMAction.createAccessKey

    package let owner: AccessKeyOwner

    package init(from members: inout Members) throws(APIError) {
        owner = try AccessKeyOwner(from: &members)
    }

    package func violations() -> [Violation] { owner.constraints.violations }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> IAMAnswer {
        let user = try owner.user(call.caller, vault)
        let account = call.caller.scope.account
        let present = try vault.accessKeys(ofPrincipal: user?.id, in: account)
        guard present.count < AccessKeyOwner.maximumKeys else { throw .tooManyAccessKeys }
        let key = AccessKey(
            id: UniqueID.accessKey.makeAccessKey(of: account, using: call.randomness),
            account: account,
            principalID: user?.id,
            createdAt: call.now
        )
        let secret = try vault.makeSecretAccessKey()
        try vault.insert(key, secretAccessKey: secret)
        return IAMAnswer(
            "AccessKey",
            AccessKeyElement(key: key, userName: user?.name, secretAccessKey: secret)
        )
    }
}
