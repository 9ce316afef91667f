extension RotationRules {
    /// The first rotation window that opens after a moment, at whole hours.
    ///
    /// A window that is open at that moment is not the next one: what falls due inside it is
    /// known from the window that was next before it opened. Nil when the secret is rotated on
    /// demand only, or when none opens before the year 10000.
    package func nextWindow(
        after moment: Timestamp,
        history: RotationHistory
    ) -> RotationWindow? {
        guard
            let recurrence,
            let opening = recurrence.opening(
                after: moment.hourNumber,
                baseDay: history.base.dayNumber,
                rulesDay: history.rulesSetAt.dayNumber
            )
        else { return nil }
        let endOfDay = (opening.dividedRoundingDown(by: 24) + 1) * 24
        let hours = durationHours ?? recurrence.defaultDurationHours
        return RotationWindow(
            opens: Timestamp(hourNumber: opening),
            closes: Timestamp(hourNumber: hours.map { opening + $0 } ?? endOfDay)
        )
    }

    /// The rules as DescribeSecret and ListSecrets show them.
    ///
    /// AutomaticallyAfterDays is "calculated from the rotation schedule after every successful
    /// rotation": beside a schedule expression it is there once the secret was rotated.
    package func described(lastRotatedAt: Timestamp?) -> RotationRulesDescription {
        RotationRulesDescription(
            automaticallyAfterDays: automaticallyAfterDays
                ?? lastRotatedAt.flatMap { intervalDays(after: $0) },
            duration: duration,
            scheduleExpression: scheduleExpression
        )
    }

    /// The whole days between two rotation windows, at least 1: for a cron expression between the
    /// next two, so that a weekly one has 7 on whatever day it was rotated.
    private func intervalDays(after moment: Timestamp) -> Int64? {
        let days: Int64
        switch recurrence {
        case nil: return nil
        case .days(let interval): days = interval
        case .hours(let interval): days = interval / 24
        case .cron(let schedule):
            guard
                let next = schedule.opening(after: moment.hourNumber),
                let following = schedule.opening(after: next)
            else { return nil }
            days = (following - next) / 24
        }
        let bounds = RotationRules.intervalDays
        return min(max(days, bounds.lowerBound), bounds.upperBound)
    }
}
