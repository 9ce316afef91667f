/// The store of KMS keys, as the operations see it.
///
/// Every method that reaches the disk may throw an InternalServiceError with the cause.
package protocol KMSReading {
    /// The key at an address, one that was deleted for good too.
    func key(at address: KeyAddress) throws(APIError) -> KMSKey?

    /// Keys that are not deleted, by their key ids, from after `keyID` on.
    func keys(in scope: Scope, after keyID: String, limit: Int) throws(APIError) -> [KMSKey]

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

    /// The key whose deletion is due first, in any account and region; nil when none is pending.
    func nextKeyToDelete() throws(APIError) -> KMSKey?
}

/// What can be done to the store of KMS keys.
package protocol KMSWriting: KMSReading {
    /// Makes an enabled key; its material is made when it first seals something.
    func insert(_ key: NewKey) throws(APIError) -> KMSKey

    /// Stores everything of `key` that can change.
    func update(_ key: KMSKey) throws(APIError)

    func setPolicy(_ policy: String, of key: KMSKey) throws(APIError)

    func setTags(_ tags: [Tag], of key: KMSKey) throws(APIError)

    /// Gives a name to a key, or takes it from another key of the same account and region.
    func setAlias(_ alias: KeyAlias, of key: KMSKey) throws(APIError)

    func deleteAlias(_ alias: KeyAlias) throws(APIError)

    /// Deletes a key for good: overwrites its material, and forgets all but its id.
    func destroy(_ key: KMSKey) throws(APIError)

    /// Forgets every key, or those of one account. What they sealed stays readable: the
    /// key-encryption keys stay.
    func deleteAllKeys(ofAccount account: String?) throws(APIError)
}
