package import Notation

/// When a secret is rotated next, by its rules and by what has happened to it.
package struct NextRotation: Sendable {
    private let rules: RotationRules
    private let history: RotationHistory

    package init(by rules: RotationRules, _ history: RotationHistory) {
        self.rules = rules
        self.history = history
    }

    /// The first rotation window that opens after a moment, at whole hours.
    ///
    /// A window that is open at that moment is not the next one: what falls due inside it is
    /// known from the window that was next before it opened. Nil when the secret is rotated on
    /// demand only, or when none opens before the year 10000.
    package func window(after moment: Timestamp) -> RotationWindow? {
        guard
            let recurrence = rules.recurrence,
            let opening = recurrence.opening(
                after: moment.hourNumber,
                baseDay: history.base.dayNumber,
                rulesDay: history.rulesSetAt.dayNumber
            )
        else { return nil }
        let endOfDay = (opening.dividedRoundingDown(by: 24) + 1) * 24
        let hours = rules.durationHours ?? recurrence.defaultDurationHours
        return RotationWindow(
            opens: Timestamp(hourNumber: opening),
            closes: Timestamp(hourNumber: hours.map { opening + $0 } ?? endOfDay)
        )
    }
}
