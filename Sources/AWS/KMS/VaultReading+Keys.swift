extension VaultReading {
    /// The key that a KeyId names, or AWS's refusal.
    ///
    /// - Parameters:
    ///   - keyID: a key id or a key ARN, of the caller's region.
    ///   - aliases: whether it may be an alias too.
    ///   - call: who asks.
    /// - Returns: a key that is not deleted.
    /// - Throws: NotFoundException, InvalidArnException, InternalServiceError.
    func key(
        _ keyID: String?,
        orAlias aliases: Bool = false,
        for call: Call
    ) throws(APIError) -> KMSKey {
        let keyID = keyID ?? ""
        let caller = call.caller.scope
        let address = try KeyAddress(keyID, from: caller)
        guard address.scope.region == caller.region else {
            throw .keyOfOtherRegion(address.scope.region)
        }
        switch address {
        case .alias(let name, let scope):
            guard aliases else { throw .invalidKeyID(keyID) }
            guard let key = try key(at: address), key.state != .deleted else {
                throw .aliasNotFound(name, scope)
            }
            return key
        case .id(let id, let scope):
            guard KeyARN.isKeyID(id) else { throw .invalidKeyID(keyID) }
            guard let key = try key(at: address), key.state != .deleted else {
                throw .keyNotFound(KeyARN(scope: scope, keyID: id))
            }
            return key
        }
    }

    /// The same, of a key that the caller's account may change.
    func changeableKey(
        _ keyID: String?,
        for call: Call,
        _ action: KMSAction
    ) throws(APIError) -> KMSKey {
        let key = try key(keyID, for: call)
        guard key.arn.scope.account == call.caller.scope.account else {
            throw .keyNotFound(key.arn)
        }
        guard !key.isAWSManaged else { throw .keyIsManagedByAWS(key.arn, action, call.caller) }
        return key
    }
}

extension VaultWriting {
    /// The key behind `alias/aws/secretsmanager`, which AWS makes when it is first used.
    @discardableResult
    func managedKey(in scope: Scope, for call: Call) throws(APIError) -> KMSKey {
        let address = KeyAddress.alias(Secret.defaultKeyAlias, scope)
        if let key = try key(at: address) { return key }
        let key = try insert(
            NewKey(
                arn: KeyARN(scope: scope, keyID: call.randomness.uuid()),
                description:
                    "Default key that protects my Secrets Manager data when no other key is"
                    + " defined",
                policy: KeyPolicy.ofManagedKey(in: scope),
                isAWSManaged: true,
                createdAt: call.now,
                rotation: KeyRotation(
                    periodInDays: KeyRotation.defaultPeriodInDays,
                    enabledAt: call.now
                )
            )
        )
        let alias = KeyAlias(
            name: Secret.defaultKeyAlias,
            scope: scope,
            targetKeyID: key.arn.keyID,
            createdAt: call.now,
            updatedAt: call.now
        )
        try setAlias(alias, of: key)
        return key
    }
}
