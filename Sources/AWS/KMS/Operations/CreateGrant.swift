package import JSON

/// Lets somebody use a key, beside what its policy says; the same under the same name is the same grant.
///
/// [CreateGrant](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, InvalidGrantTokenException,
/// LimitExceededException, KMSInvalidStateException, DryRunOperationException.
package struct CreateGrant: WriteOperation, KeyOperation {
    package static let action = KMSAction.createGrant
    package static let servesOtherAccounts = true

    package let keyID: String?
    private let members: GrantMembers
    private let grantTokens: GrantTokens
    private let isDryRun: Bool

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        self.members = try GrantMembers(from: &members)
        grantTokens = try GrantTokens(from: &members)
        isDryRun = try members.boolean("DryRun") ?? false
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        members.constrain(&constraints)
        grantTokens.constrain(&constraints)
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = keyPermission
        members.conditions(in: &permission)
        return [permission]
    }

    package func checkBeforeLookup() throws(APIError) {
        try members.check()
        try grantTokens.check()
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        let key = try call.key
        try key.checkEnabled()
        let grant = try members.grant(of: key, for: call, vault)
        let same = try vault.grants(of: key, to: grant.grantee.name).first { $0.isSame(as: grant) }
        guard !isDryRun else { throw .dryRun }
        if grant.name != nil, let same { return Response(grant: same) }
        guard try vault.grantCount(of: key) < KMSGrant.maximumPerKey else {
            throw .tooManyGrants
        }
        try vault.insert(grant, of: key)
        return Response(grant: grant)
    }

    package struct Response: Sendable, JSONWritable {
        let grant: KMSGrant

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("GrantId", grant.id)
            writer.member("GrantToken", GrantToken(of: grant).text)
            writer.endObject()
        }
    }
}
