internal import Notation

/// Gives a grant back: whoever has it may, if it says so, whoever it names for that, and whoever policies
/// permit it.
///
/// [RetireGrant](https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html).
/// Errors: NotFoundException, InvalidArnException, InvalidGrantTokenException,
/// InvalidGrantIdException, DryRunOperationException.
package struct RetireGrant: WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.retireGrant

    private let token: String?
    private let keyID: String?
    private let grantID: String?
    private let isDryRun: Bool

    package init(from members: inout Members) throws(APIError) {
        token = try members.string("GrantToken")
        keyID = try members.string("KeyId")
        grantID = try members.string("GrantId")
        isDryRun = try members.boolean("DryRun") ?? false
    }

    /// The grant that the request names.
    private var named: (key: KeyReference, grantID: String?) {
        guard let token = token.flatMap(GrantToken.init) else {
            return (KeyReference(keyID: keyID), grantID)
        }
        return (KeyReference(keyID: token.keyARN), token.grantID)
    }

    package var subjectID: String? { named.key.keyID }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.lateConditions = GrantConditions(key: named.key, grantID: named.grantID)
        return [permission]
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.length(of: token, 1...8_192, at: "grantToken")
        constraints.optionalKeyID(keyID)
        constraints.grantID(grantID)
        return constraints.violations
    }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey? {
        try named.key.find(for: caller, vault)
    }

    package func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        var resource = try named.key.resource(key, for: caller, vault)
        guard let key, let id = named.grantID else { return resource }
        resource.occasionalPolicies = KeyGrants(of: key, retiring: try vault.grant(id, of: key))
        return resource
    }

    package func checkBeforeLookup() throws(APIError) {
        if let token {
            guard keyID == nil, grantID == nil else { throw .grantUnclear }
            guard GrantToken(token) != nil else { throw .invalidGrantToken }
            return
        }
        guard keyID != nil, let grantID else { throw .grantUnclear }
        guard KMSGrant.isID(grantID) else { throw .invalidGrantID }
    }

    package func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        _ = try named.key.check(key, for: caller)
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let key = try call.key
        try vault.remove(named.grantID ?? "", of: key, isDryRun: isDryRun)
        return EmptyResponse()
    }
}

extension VaultWriting {
    /// Takes a grant away, or only looks whether it could be.
    func remove(_ grantID: String, of key: KMSKey, isDryRun: Bool) throws(APIError) {
        guard let grant = try grant(grantID, of: key) else { throw .noSuchGrant(grantID) }
        guard !isDryRun else { throw .dryRun }
        try delete(grant, of: key)
    }
}
