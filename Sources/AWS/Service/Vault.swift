/// The store, as the operations see it.
///
/// One page: what is here is all that storage must do.
/// Every method that reaches the disk may throw an InternalServiceError with the cause, which fails
/// the call and changes nothing.
package protocol Vault: Sendable {
    /// Runs `body` here, on this thread, on one consistent state of the vault.
    ///
    /// `body` may run a second time when the first met a change: it must be pure.
    func read<Answer: Sendable>(
        _ body: (any VaultReading) -> Answer
    ) throws(VaultFailure) -> Answer

    /// Runs `body` in the write lane, with others in one commit, and `then` once it is on disk.
    ///
    /// `body` may run a second time when the first was lost with its batch: it must be pure.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    )

    /// Queues the record of a read; it is committed within 100 ms, and at the end.
    func append(_ record: AuditRecord)
}

/// Why the vault could not be read or changed, for the log.
package struct VaultFailure: Error, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// What can be asked of the vault.
package protocol VaultReading: KMSReading, IAMReading {
    func secret(at address: SecretAddress) throws(APIError) -> Secret?

    /// In the order in which they were first attached.
    func tags(of secret: Secret) throws(APIError) -> [Tag]

    func stagingLabels(of secret: Secret) throws(APIError) -> StagingLabels

    /// All of them, deprecated ones too, oldest first. A secret has few: they are pruned at 100.
    func versions(of secret: Secret) throws(APIError) -> [SecretVersion]

    /// Decrypts a version; throws DecryptionFailure when it cannot be opened.
    func open(_ selector: VersionSelector, of secret: Secret) throws(APIError) -> OpenedVersion?

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

    /// The secret whose recovery window ends first, in any account and region; nil when none is
    /// scheduled for deletion.
    func nextToPurge() throws(APIError) -> Secret?

    /// The rotation that falls due first, in any account and region.
    func nextRotation() throws(APIError) -> DueRotation?

    /// What is kept about the vault's clock; nil for the machine's own time.
    func clockSetting() throws(APIError) -> String?

    /// The last entry of the trail that was handed on as an event; nil when none ever was.
    func deliveredEvent() throws(APIError) -> Int64?

    /// The text of a resource policy; nil when the secret has none of that name.
    func resourcePolicy(_ name: String, of secret: Secret) throws(APIError) -> String?

    /// All resource policies of a secret, of which each has a say.
    func resourcePolicyTexts(of secret: Secret) throws(APIError) -> [PolicyText]

    /// The names of a secret's resource policies, in alphabetical order.
    func resourcePolicyNames(of secret: Secret) throws(APIError) -> [String]

    /// How many secrets and versions there are in all accounts and regions.
    func counts() throws(APIError) -> VaultCounts

    /// `limit` entries of the audit trail before one, or the newest, newest first.
    func auditEntries(before sequence: Int64?, limit: Int) throws(APIError) -> [AuditEntry]

    /// `limit` entries of the audit trail after one, oldest first.
    func auditEntries(after sequence: Int64, limit: Int) throws(APIError) -> [AuditEntry]

    /// When the oldest record of the audit trail was made; nil when there is none but the newest,
    /// which always stays.
    func oldestAuditTime() throws(APIError) -> Timestamp?

    /// Follows the hash chain over the whole audit trail.
    func verifyAudit() throws(APIError) -> AuditVerification
}

/// What can be done to the vault.
package protocol VaultWriting: VaultReading, KMSWriting, IAMWriting {
    /// Runs `body` whole or, when it throws, as if it had never run.
    func atomically<Answer>(
        _ body: (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer

    /// Makes a secret without versions.
    func insert(_ secret: NewSecret) throws(APIError) -> Secret

    /// Stores everything of `secret` that can change.
    func update(_ secret: Secret) throws(APIError)

    /// Removes the secret with all that belongs to it, wrapped data keys included, for good.
    func delete(_ secret: Secret) throws(APIError)

    func setTags(_ tags: [Tag], of secret: Secret) throws(APIError)

    func setStagingLabels(_ labels: StagingLabels, of secret: Secret) throws(APIError)

    /// Makes a version without labels, sealed under a new data key of its own.
    ///
    /// A nil value makes the placeholder of a rotation.
    func insertVersion(
        _ id: String,
        of secret: Secret,
        value: SecretValue?,
        at now: Timestamp
    ) throws(APIError)

    /// Seals a value into a version that has none.
    func setValue(
        _ value: SecretValue,
        ofVersion id: String,
        of secret: Secret
    ) throws(APIError)

    func deleteVersion(_ id: String, of secret: Secret) throws(APIError)

    /// Seals the given versions anew under the secret's present KmsKeyId.
    func reencryptVersions(_ ids: [String], of secret: Secret) throws(APIError)

    func setRotationConfiguration(
        _ configuration: RotationConfiguration,
        of secret: Secret
    ) throws(APIError)

    /// Stores the state of the rotation that is going on, or that there is none.
    func setRotation(_ rotation: Rotation?, of secret: Secret) throws(APIError)

    /// Notes that a value was read: sets the day on the version and on the secret.
    func recordAccess(_ access: VersionAccess, on day: Timestamp) throws(APIError)

    /// Appends to the audit trail, in this transaction.
    func append(_ record: AuditRecord) throws(APIError)

    /// Removes the records at the beginning of the audit trail that are older.
    func trimAudit(before time: Timestamp) throws(APIError)

    /// Notes a replica in place of one of the same region.
    func setReplica(_ replica: Replica, of primary: Secret) throws(APIError)

    /// Forgets a replica; the copy stays.
    func deleteReplica(in region: String, of primary: Secret) throws(APIError)

    func setCrossAccountReplica(
        _ replica: CrossAccountReplica?,
        of primary: Secret
    ) throws(APIError)

    func setClockSetting(_ setting: String?) throws(APIError)

    func setDeliveredEvent(_ sequence: Int64) throws(APIError)

    /// Attaches a resource policy in place of one of the same name, or detaches it when it is nil.
    func setResourcePolicy(
        _ document: String?,
        named name: String,
        of secret: Secret
    ) throws(APIError)

    /// Removes every secret, or those of one account. Keys and the audit trail stay.
    func deleteAllSecrets(ofAccount account: String?) throws(APIError)
}

/// What ListSecrets can sort by.
package enum SecretSortKey: String, Sendable, CaseIterable {
    case createdDate = "created-date"
    case lastAccessedDate = "last-accessed-date"
    case lastChangedDate = "last-changed-date"
    case name
}

/// A sort key and a direction.
package struct SecretOrder: Sendable, Hashable {
    package let key: SecretSortKey
    package let ascending: Bool

    package init(key: SecretSortKey, ascending: Bool) {
        self.key = key
        self.ascending = ascending
    }
}

/// The place of a secret in an order: its key, and its id where keys are equal.
package struct SecretPosition: Sendable, Hashable {
    package enum Key: Sendable, Hashable {
        /// Milliseconds since the epoch; 0 for a date that is not set.
        case date(Int64)
        case name(String)
    }

    package let key: Key
    package let id: Int64

    package init(key: Key, id: Int64) {
        self.key = key
        self.id = id
    }
}

/// A value of a version that was given out.
package struct VersionAccess: Sendable, Hashable {
    package let secretID: Int64
    package let versionID: String
    /// The day that was stored before; nil when it was never read.
    package let lastAccessedAt: Timestamp?

    package init(secretID: Int64, versionID: String, lastAccessedAt: Timestamp?) {
        self.secretID = secretID
        self.versionID = versionID
        self.lastAccessedAt = lastAccessedAt
    }
}

/// How full the vault is.
package struct VaultCounts: Sendable, Equatable {
    package let secrets: Int64
    package let versions: Int64

    package init(secrets: Int64, versions: Int64) {
        self.secrets = secrets
        self.versions = versions
    }
}
