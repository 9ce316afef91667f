/// Takes a grant away.
///
/// [RevokeGrant](https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html).
/// Errors: NotFoundException, InvalidArnException, InvalidGrantIdException, DryRunOperationException.
package struct RevokeGrant: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.revokeGrant
    package static let servesOtherAccounts = true

    package let keyID: String?
    private let grantID: String?
    private let isDryRun: Bool

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        grantID = try members.string("GrantId")
        isDryRun = try members.boolean("DryRun") ?? false
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.require(grantID, at: "grantId")
        constraints.grantID(grantID)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let id = grantID ?? ""
        guard KMSGrant.isID(id) else { throw .invalidGrantID }
        try vault.remove(id, of: try call.key, isDryRun: isDryRun)
        return EmptyResponse()
    }
}
