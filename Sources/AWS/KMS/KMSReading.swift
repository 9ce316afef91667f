package import Notation

/// The store of KMS keys, as the operations see it.
///
/// Every method that reaches the disk may throw an InternalServiceError with the cause.
package protocol KMSReading {
    /// The key at an address, one that was deleted for good too.
    func key(at address: KeyAddress) throws(APIError) -> KMSKey?

    /// Keys that are not deleted, by their key ids, from after `keyID` on.
    func keys(in scope: Scope, after keyID: String, limit: Int) throws(APIError) -> [KMSKey]

    /// The first region, in alphabetical order, after another one in which an account has keys,
    /// deleted ones too.
    func scope(
        ofKeysOfAccount account: String,
        afterRegion region: String
    ) throws(APIError) -> Scope?

    /// Whether CreateKey ever made a key there, one that is deleted by now too.
    func hasKeys(in scope: Scope) throws(APIError) -> Bool

    func alias(_ name: String, in scope: Scope) throws(APIError) -> KeyAlias?

    /// By their names, from after `name` on.
    func aliases(in scope: Scope, after name: String, limit: Int) throws(APIError) -> [KeyAlias]

    /// All of them: a key has few.
    func aliases(of key: KMSKey) throws(APIError) -> [KeyAlias]

    /// In the order in which they were first attached.
    func tags(of key: KMSKey) throws(APIError) -> [Tag]

    /// As GetKeyPolicy answers it.
    func policy(of key: KMSKey) throws(APIError) -> String

    /// All that it ever sealed with; nothing for a key that was deleted.
    func materials(of key: KMSKey) throws(APIError) -> KeyMaterials

    /// Seals a text, bound to the key, the material and the context.
    func seal(
        _ plaintext: [UInt8],
        under material: KMSKeyMaterial,
        of key: KMSKey,
        boundTo context: KMSEncryptionContext
    ) throws(APIError) -> [UInt8]

    /// Opens what `seal` gave; nil for anything else, and for another context.
    func open(
        _ box: [UInt8],
        under material: KMSKeyMaterial,
        of key: KMSKey,
        boundTo context: KMSEncryptionContext
    ) throws(APIError) -> [UInt8]?

    /// Bytes that nobody can foretell: data keys are made of them.
    func randomBytes(_ count: Int) throws(APIError) -> [UInt8]

    func grant(_ id: String, of key: KMSKey) throws(APIError) -> KMSGrant?

    /// By their ids, from after `id` on.
    func grants(of key: KMSKey, after id: String, limit: Int) throws(APIError) -> [KMSGrant]

    /// Those to somebody by this very ARN, or to a service by its name, by their ids.
    func grants(of key: KMSKey, to grantee: String) throws(APIError) -> [KMSGrant]

    /// Those of all keys of a region that somebody may retire, by their ids, from after `id` on.
    func grants(
        retiredBy principal: String,
        in region: String,
        after id: String,
        limit: Int
    ) throws(APIError) -> [KMSGrant]

    func grantCount(of key: KMSKey) throws(APIError) -> Int

    /// The key whose deletion is due first, in any account and region; nil when none is pending.
    func nextKeyToDelete() throws(APIError) -> KMSKey?

    /// The enabled key whose rotation is due first, in any account and region.
    func nextKeyToRotate() throws(APIError) -> KMSKey?
}

/// What can be done to the store of KMS keys.
package protocol KMSWriting: KMSReading {
    /// Makes an enabled key with its first material.
    func insert(_ key: NewKey) throws(APIError) -> KMSKey

    /// Stores everything of `key` that can change.
    func update(_ key: KMSKey) throws(APIError)

    /// Makes one more material; the first of a key has no rotation.
    func insertMaterial(
        of key: KMSKey,
        by rotation: MaterialRotation?
    ) throws(APIError) -> KMSKeyMaterial

    func insert(_ grant: KMSGrant, of key: KMSKey) throws(APIError)

    func delete(_ grant: KMSGrant, of key: KMSKey) throws(APIError)

    func setPolicy(_ policy: String, of key: KMSKey) throws(APIError)

    func setTags(_ tags: [Tag], of key: KMSKey) throws(APIError)

    /// Gives a name to a key, or takes it from another key of the same account and region.
    func setAlias(_ alias: KeyAlias, of key: KMSKey) throws(APIError)

    func deleteAlias(_ alias: KeyAlias) throws(APIError)

    /// Deletes a key for good: overwrites all its materials, and forgets all but its id.
    func destroy(_ deleted: DeletedKey) throws(APIError)
}
