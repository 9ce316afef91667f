package import Notation

/// A KMS key: what it seals with are key-encryption keys of the vault, which are never given out.
///
/// [KeyMetadata](https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html)
package struct KMSKey: Sendable, Identifiable, Equatable {
    /// The vault's own number for it; never on the wire.
    package let id: Int64
    package let arn: KeyARN
    package var state: KeyState
    package var description: String
    /// Whether AWS made it for a service, so that callers cannot change it.
    package let isAWSManaged: Bool
    package let isMultiRegion: Bool
    package let createdAt: Timestamp
    /// When it is deleted for good; nil unless that is pending.
    package private(set) var deletionDate: Timestamp?
    package var rotation: KeyRotation?

    package init(
        id: Int64,
        arn: KeyARN,
        state: KeyState = .enabled,
        description: String = "",
        isAWSManaged: Bool = false,
        isMultiRegion: Bool = false,
        createdAt: Timestamp,
        deletionDate: Timestamp? = nil,
        rotation: KeyRotation? = nil
    ) {
        self.id = id
        self.arn = arn
        self.state = state
        self.description = description
        self.isAWSManaged = isAWSManaged
        self.isMultiRegion = isMultiRegion
        self.createdAt = createdAt
        self.deletionDate = deletionDate
        self.rotation = rotation
    }

    package mutating func scheduleDeletion(at date: Timestamp) {
        state = .pendingDeletion
        deletionDate = date
    }

    /// AWS leaves a key whose deletion is cancelled disabled.
    package mutating func cancelDeletion() {
        state = .disabled
        deletionDate = nil
    }

    /// What KMS answers instead of using it; nil for a key that it would use.
    var refusalOfUse: APIError? {
        switch state {
        case .enabled: nil
        case .disabled: .keyIsDisabled(arn)
        case .pendingDeletion: .keyIsPendingDeletion(arn)
        case .deleted: .keyNotFound(arn)
        }
    }

    func checkNotPendingDeletion() throws(APIError) {
        guard state != .pendingDeletion else { throw .keyIsPendingDeletion(arn) }
    }

    func checkEnabled() throws(APIError) {
        try checkNotPendingDeletion()
        guard state == .enabled else { throw .keyIsDisabled(arn) }
    }
}

/// That a key is to be rotated every so often.
///
/// [Rotating keys](https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html)
package struct KeyRotation: Sendable, Equatable {
    package let periodInDays: Int64
    /// When it was turned on, or came about last: periods count from there.
    package let enabledAt: Timestamp

    package init(periodInDays: Int64, enabledAt: Timestamp) {
        self.periodInDays = periodInDays
        self.enabledAt = enabledAt
    }

    /// When the key is to be rotated; past for one that was disabled then.
    package var dueAt: Timestamp {
        Timestamp(
            milliseconds: enabledAt.milliseconds + periodInDays * Timestamp.millisecondsPerDay
        )
    }

    package static let defaultPeriodInDays: Int64 = 365

    /// The first end of a period after `now`.
    func nextDate(after now: Timestamp) -> Timestamp {
        let period = periodInDays * Timestamp.millisecondsPerDay
        let passed = max(0, now.milliseconds - enabledAt.milliseconds) / period
        return Timestamp(milliseconds: enabledAt.milliseconds + (passed + 1) * period)
    }
}

/// What the vault needs to make the row of a new key.
package struct NewKey: Sendable {
    package let arn: KeyARN
    package let description: String
    package let policy: String
    package let isAWSManaged: Bool
    package let isMultiRegion: Bool
    package let createdAt: Timestamp
    /// For a key that is made with its rotation on.
    package let rotation: KeyRotation?

    package init(
        arn: KeyARN,
        description: String = "",
        policy: String,
        isAWSManaged: Bool = false,
        isMultiRegion: Bool = false,
        createdAt: Timestamp,
        rotation: KeyRotation? = nil
    ) {
        self.arn = arn
        self.description = description
        self.policy = policy
        self.isAWSManaged = isAWSManaged
        self.isMultiRegion = isMultiRegion
        self.createdAt = createdAt
        self.rotation = rotation
    }
}
