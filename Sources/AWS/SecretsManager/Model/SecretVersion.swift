package import Notation

/// A version of a secret without its value.
package struct SecretVersion: Sendable, Equatable {
    /// The ClientRequestToken of the call that made it; 32 to 64 characters.
    package let id: String
    package let createdAt: Timestamp
    /// 00:00 UTC of the day it was last read; nil before the first read.
    package let lastAccessedAt: Timestamp?
    /// The KMS keys of which each opens it, oldest first; there is one at least.
    package let keys: [VersionKey]
    /// In alphabetical order; empty when the version is deprecated.
    package let stagingLabels: [String]
    /// False for the placeholder of a rotation.
    package let hasValue: Bool

    package init(
        id: String,
        createdAt: Timestamp,
        lastAccessedAt: Timestamp?,
        keys: [VersionKey],
        stagingLabels: [String],
        hasValue: Bool = true
    ) {
        self.id = id
        self.createdAt = createdAt
        self.lastAccessedAt = lastAccessedAt
        self.keys = keys
        self.stagingLabels = stagingLabels
        self.hasValue = hasValue
    }

    /// The same version as one that has other labels.
    func with(stagingLabels: [String]) -> SecretVersion {
        SecretVersion(
            id: id,
            createdAt: createdAt,
            lastAccessedAt: lastAccessedAt,
            keys: keys,
            stagingLabels: stagingLabels,
            hasValue: hasValue
        )
    }
}

/// A version that was opened: with its value, unless it is a placeholder that has none yet.
package struct OpenedVersion: Sendable {
    package let version: SecretVersion
    package let value: SecretValue?

    package init(version: SecretVersion, value: SecretValue?) {
        self.version = version
        self.value = value
    }
}

/// How a version is asked for.
package enum VersionSelector: Sendable, Hashable {
    case id(String)
    case stagingLabel(String)
}
