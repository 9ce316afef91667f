internal import AccessControl
internal import Notation

/// A KeyId of a request, and what it stands for.
///
/// [Key identifiers](https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id)
struct KeyReference: Sendable {
    /// As sent; nil for a request without one.
    let keyID: String?
    /// Whether it may be an alias too.
    var takesAliases = false

    /// The alias that it is, by name or by ARN.
    var aliasName: String? {
        guard let keyID else { return nil }
        let name = ARN(keyID)?.resource ?? keyID
        return name.hasPrefix(KeyAlias.prefix) ? name : nil
    }

    /// The key, one that is deleted and one of another region too.
    ///
    /// - Throws: InvalidArnException for what cannot be the ARN of a key.
    func find(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey? {
        guard let keyID else { return nil }
        return try vault.key(at: try KeyAddress(keyID, from: caller.scope))
    }

    /// The key as policies see it; one that is not there is named as it was sent.
    func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let key else { return ProtectedResource(arn: keyID ?? "", caller) }
        return try ProtectedResource(key, vault)
    }

    /// The key that was found, or AWS's refusal.
    ///
    /// - Throws: NotFoundException, InvalidArnException.
    func check(_ key: KMSKey?, for caller: Caller) throws(APIError) -> KMSKey {
        try check(key, from: caller.scope)
    }

    /// The same, of whoever looks for it from an account and region.
    func check(_ key: KMSKey?, from caller: Scope) throws(APIError) -> KMSKey {
        let keyID = keyID ?? ""
        let address = try KeyAddress(keyID, from: caller)
        guard address.scope.region == caller.region else {
            throw .keyOfOtherRegion(address.scope.region)
        }
        switch address {
        case .alias(let name, let scope):
            guard takesAliases else { throw .aliasesNotSupported }
            guard let key, key.state != .deleted else { throw .aliasNotFound(name, scope) }
            return key
        case .id(let id, let scope):
            guard KeyARN.isKeyID(id) else { throw .invalidKeyID(keyID) }
            guard let key, key.state != .deleted else {
                throw .keyNotFound(KeyARN(scope: scope, keyID: id))
            }
            return key
        }
    }
}

extension KMSKey {
    /// Refuses a caller of another account.
    func checkOwned(by caller: Caller) throws(APIError) {
        guard arn.scope.account == caller.scope.account else { throw .keyNotFound(arn) }
    }

    /// Refuses a change by a caller of another account, and any change of AWS's own keys.
    func checkChangeable(by caller: Caller, _ action: KMSAction) throws(APIError) {
        try checkOwned(by: caller)
        guard !isAWSManaged else { throw .keyIsManagedByAWS(arn, action, caller) }
    }
}

extension ProtectedResource {
    /// A KMS key, whose policy must agree to whatever is done with it.
    init(_ key: KMSKey, _ vault: any VaultReading) throws(APIError) {
        self.init(arn: key.arn.text, shownAs: key.arn.text, account: key.arn.scope.account)
        needsOwnPolicy = true
        policies = [.keyPolicy(try vault.policy(of: key))]
        occasionalPolicies = KeyGrants(of: key)
        conditions = KeyConditions(key: key)
    }
}

/// The condition keys that tell about a KMS key.
///
/// [Those of KMS](https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html)
struct KeyConditions: ConditionSource {
    let key: KMSKey

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        for (name, value) in KMSKey.kindConditions(isMultiRegion: key.isMultiRegion) {
            keys.set(name, value)
        }
        if key.isMultiRegion { keys.set("kms:MultiRegionKeyType", "PRIMARY") }
        if keys.isSought("kms:ResourceAliases") {
            keys.set("kms:ResourceAliases", all: try vault.aliases(of: key).map(\.name))
        }
        try keys.setTags(under: "aws:ResourceTag/") { () throws(APIError) in
            try vault.tags(of: key)
        }
    }
}

extension KMSKey {
    /// The condition keys that tell of what kind a key is, or is to be.
    static func kindConditions(isMultiRegion: Bool) -> [(name: String, value: String)] {
        [
            ("kms:KeySpec", spec), ("kms:CustomerMasterKeySpec", spec), ("kms:KeyUsage", usage),
            ("kms:CustomerMasterKeyUsage", usage), ("kms:KeyOrigin", origin),
            ("kms:MultiRegion", isMultiRegion ? "true" : "false"),
        ]
    }
}

extension ProtectedResource {
    /// The AWS managed key of an account, which may not be made yet.
    init(managedKeyIn scope: Scope, _ vault: any VaultReading) throws(APIError) {
        let key = try vault.key(at: .alias(KeyAlias.ofSecretsManager, scope))
        let arn =
            key?.arn.text ?? KeyARN.text(in: scope, resource: KeyAlias.ofSecretsManager)
        self.init(arn: arn, shownAs: arn, account: scope.account)
        needsOwnPolicy = true
        policies = [.keyPolicy(KeyPolicy.ofManagedKey(in: scope))]
    }
}

extension PolicyText {
    /// Of a KMS key.
    static func keyPolicy(_ document: String) -> PolicyText {
        .resource(KeyPolicy.name, document, .key)
    }
}

extension CallAuthorization {
    /// Refuses a key policy under which the caller could not put another one.
    func checkPolicyCanBePut(
        on key: KeyARN,
        under policy: String,
        by caller: Caller
    ) throws(APIError) {
        var resource = ProtectedResource(arn: key.text, caller)
        resource.needsOwnPolicy = true
        resource.policies = [.keyPolicy(policy)]
        let permission = Permission(KMSAction.putKeyPolicy)
        try require(permission, on: resource, orThrow: .keyPolicyLocksCallerOut)
    }
}
