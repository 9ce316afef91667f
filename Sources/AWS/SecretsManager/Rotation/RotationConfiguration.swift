package import Notation

/// How a secret is rotated: what RotateSecret was told, and what has come of it.
///
/// A secret has none before its first RotateSecret or CancelRotateSecret.
package struct RotationConfiguration: Sendable, Equatable {
    /// False once the rotation was cancelled; everything else is kept then.
    package private(set) var isEnabled: Bool
    /// Nil for a secret that another service or a partner rotates.
    package var lambdaARN: String?
    /// Nil unless the secret is a managed external secret.
    package var external: ExternalSecretRotation?
    /// Nil before any were given: the secret is then rotated on demand only.
    package private(set) var rules: RotationRules?
    package private(set) var rulesSetAt: Timestamp?
    /// LastRotatedDate: the end of the last rotation that succeeded.
    package private(set) var lastRotatedAt: Timestamp?
    /// When AWSCURRENT last moved, by hand or by a rotation.
    package private(set) var valueChangedAt: Timestamp?
    /// The rotation window that comes next; it stays when it has passed without a rotation that
    /// succeeded, so that NextRotationDate may lie in the past.
    package private(set) var nextWindow: RotationWindow?

    package init(
        isEnabled: Bool = false,
        lambdaARN: String? = nil,
        external: ExternalSecretRotation? = nil,
        rules: RotationRules? = nil,
        rulesSetAt: Timestamp? = nil,
        lastRotatedAt: Timestamp? = nil,
        valueChangedAt: Timestamp? = nil,
        nextWindow: RotationWindow? = nil
    ) {
        self.isEnabled = isEnabled
        self.lambdaARN = lambdaARN
        self.external = external
        self.rules = rules
        self.rulesSetAt = rulesSetAt
        self.lastRotatedAt = lastRotatedAt
        self.valueChangedAt = valueChangedAt
        self.nextWindow = nextWindow
    }

    /// NextRotationDate, which is there only while rotation is enabled.
    package var nextRotationDate: Timestamp? { nextWindow?.nextRotationDate }

    package mutating func setRules(_ rules: RotationRules, at now: Timestamp) {
        self.rules = rules
        rulesSetAt = now
        schedule(from: now)
    }

    package mutating func enable(at now: Timestamp) {
        guard !isEnabled else { return }
        isEnabled = true
        schedule(from: now)
    }

    package mutating func cancel() {
        isEnabled = false
        nextWindow = nil
    }

    /// Notes that AWSCURRENT moved: a new value counts as a rotation, whoever put it.
    mutating func noteValueChange(at now: Timestamp) {
        valueChangedAt = now
        schedule(from: now)
    }

    /// Notes that a rotation succeeded.
    mutating func noteRotation(at now: Timestamp) {
        lastRotatedAt = now
        schedule(from: now)
    }

    /// Lets the window that has opened go by.
    mutating func skipWindow(at now: Timestamp) {
        schedule(from: now)
    }

    /// The first window after a moment, as things are; nil when none comes by itself.
    func window(after moment: Timestamp) -> RotationWindow? {
        guard isEnabled, let rules, let rulesSetAt else { return nil }
        let history = RotationHistory(
            rulesSetAt: rulesSetAt,
            lastRotatedAt: lastRotatedAt,
            valueChangedAt: valueChangedAt
        )
        return NextRotation(by: rules, history).window(after: moment)
    }

    private mutating func schedule(from now: Timestamp) {
        nextWindow = window(after: now)
    }
}
