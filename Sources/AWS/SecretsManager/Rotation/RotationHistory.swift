package import Notation

/// What happened to a secret, as far as its next rotation window depends on it.
package struct RotationHistory: Sendable, Hashable {
    /// When RotateSecret last gave the rules.
    package let rulesSetAt: Timestamp
    /// LastRotatedDate: the end of the last rotation that succeeded.
    package let lastRotatedAt: Timestamp?
    /// When AWSCURRENT last moved, by hand or by a rotation.
    package let valueChangedAt: Timestamp?

    package init(
        rulesSetAt: Timestamp,
        lastRotatedAt: Timestamp? = nil,
        valueChangedAt: Timestamp? = nil
    ) {
        self.rulesSetAt = rulesSetAt
        self.lastRotatedAt = lastRotatedAt
        self.valueChangedAt = valueChangedAt
    }

    /// What an interval in days is counted from.
    ///
    /// A new value counts as a rotation, whoever put it. Before the first rotation the rules
    /// themselves are the beginning.
    package var base: Timestamp {
        max(lastRotatedAt ?? rulesSetAt, valueChangedAt ?? .distantPast)
    }
}

extension Timestamp {
    fileprivate static let distantPast = Timestamp(milliseconds: .min)
}
