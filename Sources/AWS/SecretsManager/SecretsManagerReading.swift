package import Notation

/// The store of secrets, as the operations see it.
///
/// Every method that reaches the disk may throw an InternalServiceError with the cause.
package protocol SecretsManagerReading {
    func secret(at address: SecretAddress) throws(APIError) -> Secret?

    /// In the order in which they were first attached.
    func tags(of secret: Secret) throws(APIError) -> [Tag]

    func stagingLabels(of secret: Secret) throws(APIError) -> StagingLabels

    /// All of them, deprecated ones too, oldest first. A secret has few: they are pruned at 100.
    func versions(of secret: Secret) throws(APIError) -> [SecretVersion]

    /// A version as it is, without opening it.
    func version(_ selector: VersionSelector, of secret: Secret) throws(APIError) -> SecretVersion?

    /// Decrypts a version by one of the keys that it is under; throws DecryptionFailure when that
    /// does not open it.
    ///
    /// `choose` gives the number of the key among those of the version; it is not asked about a
    /// version without a value.
    func open(
        _ selector: VersionSelector,
        of secret: Secret,
        by choose: (SecretVersion) throws(APIError) -> Int
    ) throws(APIError) -> OpenedVersion?

    /// Whether any value was ever sealed under a key.
    func hasSealed(under key: SealingKey) throws(APIError) -> Bool

    /// Nil when the secret was never rotated, nor was that ever cancelled.
    func rotationConfiguration(of secret: Secret) throws(APIError) -> RotationConfiguration?

    /// The rotation that is going on; nil when there is none.
    func rotation(of secret: Secret) throws(APIError) -> Rotation?

    /// The replicas of a primary, by region; those that failed too.
    func replicas(of primary: Secret) throws(APIError) -> [Replica]

    /// What a primary knows of its replica in another account; nil when it has none.
    func crossAccountReplica(of primary: Secret) throws(APIError) -> CrossAccountReplica?

    /// Secrets of one account and region in the order of a key, from after `position` on.
    func secrets(
        in scope: Scope,
        sortedBy order: SecretOrder,
        after position: SecretPosition?,
        limit: Int
    ) throws(APIError) -> [Secret]

    /// Secrets whose names begin with `prefix`, in the order of their names.
    func secrets(
        in scope: Scope,
        namePrefix prefix: String,
        limit: Int
    ) throws(APIError) -> [Secret]

    /// The first account and region, in alphabetical order, after others that has secrets.
    func nextScope(after scope: Scope?) throws(APIError) -> Scope?

    /// The secret whose recovery window ends first, in any account and region; nil when none is
    /// scheduled for deletion.
    func nextToPurge() throws(APIError) -> Secret?

    /// The rotation that falls due first, in any account and region.
    func nextRotation() throws(APIError) -> DueRotation?

    /// The text of a resource policy; nil when the secret has none of that name.
    func resourcePolicy(_ name: String, of secret: Secret) throws(APIError) -> String?

    /// All resource policies of a secret, of which each has a say.
    func resourcePolicyTexts(of secret: Secret) throws(APIError) -> [PolicyText]

    /// The names of a secret's resource policies, in alphabetical order.
    func resourcePolicyNames(of secret: Secret) throws(APIError) -> [String]

    /// How many secrets and versions there are in all accounts and regions.
    func counts() throws(APIError) -> VaultCounts
}

/// What can be done to the store of secrets.
///
/// Where a rule goes with a change, the change is a value that only the file of the rule makes, so that
/// nobody makes it and forgets the rule.
package protocol SecretsManagerWriting: SecretsManagerReading {
    /// Makes a secret without versions.
    func insert(_ secret: NewSecret) throws(APIError) -> Secret

    /// Stores everything of `secret` that can change.
    func update(_ secret: Secret) throws(APIError)

    /// Removes a secret with all that belongs to it, wrapped data keys included, for good.
    func delete(_ purged: PurgedSecret) throws(APIError)

    func setTags(_ tags: [Tag], of secret: Secret) throws(APIError)

    func setStagingLabels(_ labels: ChangedLabels, of secret: Secret) throws(APIError)

    /// Makes a version without labels, sealed under a new data key of its own.
    func insertVersion(
        _ id: String,
        of secret: Secret,
        _ content: VersionContent,
        at now: Timestamp
    ) throws(APIError)

    /// Seals what a version is to hold from now on, under one key.
    func setContent(
        _ content: VersionContent,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError)

    /// Lets another key open a version too; `number` is that of the one that opens it now.
    func add(
        _ key: SealingKey,
        toVersion id: String,
        of secret: Secret,
        openedBy number: Int
    ) throws(APIError)

    /// Sets the CreatedDate of a version of a copy, which is when it was copied.
    func setCreationDate(
        _ date: Timestamp,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError)

    func delete(_ pruned: PrunedVersion) throws(APIError)

    func setRotationConfiguration(
        _ configuration: RotationConfiguration,
        of secret: Secret
    ) throws(APIError)

    /// Stores the state of the rotation that is going on, or that there is none.
    func setRotation(_ rotation: Rotation?, of secret: Secret) throws(APIError)

    /// Notes that a value was read: sets the day on the version and on the secret.
    func recordAccess(_ access: LastAccess, on day: Timestamp) throws(APIError)

    /// Notes a replica in place of one of the same region.
    func setReplica(_ replica: Replica, of primary: Secret) throws(APIError)

    /// Forgets a replica; the copy stays.
    func deleteReplica(in region: String, of primary: Secret) throws(APIError)

    func setCrossAccountReplica(
        _ replica: CrossAccountReplica?,
        of primary: Secret
    ) throws(APIError)

    /// Attaches a resource policy in place of one of the same name, or detaches it when it is nil.
    func setResourcePolicy(
        _ document: String?,
        named name: String,
        of secret: Secret
    ) throws(APIError)
}
