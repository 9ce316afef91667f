package import Notation

/// A secret without its values: what DescribeSecret knows of it, versions and tags aside.
package struct Secret: Sendable, Identifiable, Equatable {
    /// The vault's own number for it; never on the wire.
    package let id: Int64
    package let arn: SecretARN
    /// Empty when there is none.
    package var description: String
    /// The key id, alias or ARN as it was given; empty for the AWS managed key.
    package var kmsKeyID: String
    /// The partner type of a managed external secret.
    package var type: String?
    /// The AWS service that owns the secret and alone may change it, as in `rds`.
    package var owningService: String?
    package let createdAt: Timestamp
    package private(set) var lastChangedAt: Timestamp
    /// 00:00 UTC of the day a value was last read; nil before the first read.
    package var lastAccessedAt: Timestamp?
    /// When DeleteSecret was called; nil unless the secret is scheduled for deletion.
    package private(set) var deletedAt: Timestamp?
    /// When the recovery window ends and the secret goes.
    package private(set) var purgeAt: Timestamp?
    /// Whether it ever had a tag: DescribeSecret then shows `Tags: []` instead of nothing.
    package var wasEverTagged: Bool
    /// The vault's number of the secret that this one is a replica of; nil for all others.
    package private(set) var primaryID: Int64?
    /// The region of the primary; on a primary its own, nil without replicas.
    package var primaryRegion: String?
    /// On a replica of a secret in another account: which one, and how it is doing.
    package var crossAccountPrimary: CrossAccountPrimary?

    package init(
        id: Int64,
        arn: SecretARN,
        description: String = "",
        kmsKeyID: String = "",
        type: String? = nil,
        owningService: String? = nil,
        createdAt: Timestamp,
        lastChangedAt: Timestamp,
        lastAccessedAt: Timestamp? = nil,
        deletedAt: Timestamp? = nil,
        purgeAt: Timestamp? = nil,
        wasEverTagged: Bool = false,
        primaryID: Int64? = nil,
        primaryRegion: String? = nil,
        crossAccountPrimary: CrossAccountPrimary? = nil
    ) {
        self.id = id
        self.arn = arn
        self.description = description
        self.kmsKeyID = kmsKeyID
        self.type = type
        self.owningService = owningService
        self.createdAt = createdAt
        self.lastChangedAt = lastChangedAt
        self.lastAccessedAt = lastAccessedAt
        self.deletedAt = deletedAt
        self.purgeAt = purgeAt
        self.wasEverTagged = wasEverTagged
        self.primaryID = primaryID
        self.primaryRegion = primaryRegion
        self.crossAccountPrimary = crossAccountPrimary
    }

    package var name: String { arn.name }

    /// Whether its values are under the AWS managed key.
    var usesDefaultKey: Bool { Secret.isDefaultKey(kmsKeyID) }

    /// The id of a version that nobody chose one for: the services that own secrets write their UUIDs
    /// in capitals.
    package func versionID(_ uuid: String) -> String {
        owningService == nil ? uuid : uuid.uppercased()
    }

    /// Whether a KmsKeyId means the AWS managed key: it is empty, or that key's alias.
    static func isDefaultKey(_ kmsKeyID: String) -> Bool {
        kmsKeyID.isEmpty || kmsKeyID == KeyAlias.ofSecretsManager
    }

    /// Whether it is a replica: only calls to its primary change it.
    package var isReplica: Bool { primaryID != nil || crossAccountPrimary != nil }

    /// Whether it has replicas.
    package var hasReplicas: Bool { primaryRegion != nil && primaryID == nil }

    /// A replica as its primary is now, with its own key and dates.
    func following(_ primary: Secret) -> Secret {
        var copy = self
        copy.description = primary.description
        copy.type = primary.type
        copy.owningService = primary.owningService
        copy.lastChangedAt = primary.lastChangedAt
        copy.wasEverTagged = primary.wasEverTagged
        return copy
    }

    /// Ends its being a replica.
    mutating func standAlone() {
        primaryID = nil
        primaryRegion = nil
        crossAccountPrimary = nil
    }

    /// Notes a change; LastChangedDate moves forward even when the clock does not.
    package mutating func touch(at now: Timestamp) {
        lastChangedAt = max(now, Timestamp(milliseconds: lastChangedAt.milliseconds + 1))
    }

    /// Begins the recovery window.
    ///
    /// DeletedDate is the moment of the call, not the window's end.
    package mutating func scheduleDeletion(at now: Timestamp, purgeAt: Timestamp) {
        touch(at: now)
        deletedAt = now
        self.purgeAt = purgeAt
    }

    package mutating func restore(at now: Timestamp) {
        touch(at: now)
        deletedAt = nil
        purgeAt = nil
    }
}

/// What the vault needs to make the row of a new secret.
package struct NewSecret: Sendable {
    package let arn: SecretARN
    package let description: String
    package let kmsKeyID: String
    package let type: String?
    package let owningService: String?
    package let createdAt: Timestamp
    package let primaryID: Int64?
    package let primaryRegion: String?
    package let crossAccountPrimary: CrossAccountPrimary?

    package init(
        arn: SecretARN,
        description: String = "",
        kmsKeyID: String = "",
        type: String? = nil,
        owningService: String? = nil,
        createdAt: Timestamp,
        primaryID: Int64? = nil,
        primaryRegion: String? = nil,
        crossAccountPrimary: CrossAccountPrimary? = nil
    ) {
        self.arn = arn
        self.description = description
        self.kmsKeyID = kmsKeyID
        self.type = type
        self.owningService = owningService
        self.createdAt = createdAt
        self.primaryID = primaryID
        self.primaryRegion = primaryRegion
        self.crossAccountPrimary = crossAccountPrimary
    }
}
