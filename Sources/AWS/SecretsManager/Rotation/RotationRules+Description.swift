package import Notation

extension RotationRules {
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

    /// The days that an answer tells of a schedule, at least 1.
    ///
    /// For a cron expression those from a moment to the next window, rounded up; for a rate the whole
    /// days between two windows.
    private func intervalDays(after moment: Timestamp) -> Int64? {
        let days: Int64
        switch recurrence {
        case nil: return nil
        case .days(let interval): days = interval
        case .hours(let interval): days = interval / 24
        case .cron(let schedule):
            guard let next = schedule.opening(after: moment.hourNumber) else { return nil }
            let wait = next * 3_600_000 - moment.milliseconds
            days = (wait + 86_399_999) / 86_400_000
        }
        let bounds = RotationRules.intervalDays
        return min(max(days, bounds.lowerBound), bounds.upperBound)
    }
}
