/// How often a secret is rotated and how long its rotation windows stay open: the structure
/// RotationRules, valid.
///
/// [Schedule expressions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html)
package struct RotationRules: Sendable, Hashable {
    /// As it was given; what is calculated from a schedule is in ``described(lastRotatedAt:)``.
    package let automaticallyAfterDays: Int64?
    /// As it was given, as in `3h`.
    package let duration: String?
    let schedule: RotationSchedule?
    let durationHours: Int64?

    static let intervalDays: ClosedRange<Int64> = 1...1_000

    package init(
        automaticallyAfterDays: Int64? = nil,
        duration: String? = nil,
        scheduleExpression: String? = nil
    ) throws(RotationRulesError) {
        guard automaticallyAfterDays == nil || scheduleExpression == nil else {
            throw .daysAndExpression
        }
        if let automaticallyAfterDays {
            guard RotationRules.intervalDays.contains(automaticallyAfterDays) else {
                throw .daysOutOfBounds
            }
        }
        self.automaticallyAfterDays = automaticallyAfterDays
        self.duration = duration
        if let scheduleExpression {
            schedule = try RotationSchedule(scheduleExpression)
        } else {
            schedule = nil
        }
        if let duration {
            durationHours = try RotationRules.hours(duration)
        } else {
            durationHours = nil
        }
        try checkDuration()
    }

    /// The schedule expression as it was given.
    package var scheduleExpression: String? { schedule?.text }

    /// Nil when the rules name no time: the secret is then rotated on demand only.
    var recurrence: RotationRecurrence? {
        automaticallyAfterDays.map(RotationRecurrence.days) ?? schedule?.recurrence
    }

    private static func hours(_ duration: String) throws(RotationRulesError) -> Int64 {
        guard duration.hasSuffix("h"), let hours = Int(digits: duration.dropLast()) else {
            throw .malformedDuration
        }
        return Int64(hours)
    }

    private func checkDuration() throws(RotationRulesError) {
        guard let durationHours else { return }
        guard durationHours >= 1 else { throw .durationTooShort }
        guard durationHours <= recurrence?.hoursToMidnight ?? 24 else {
            throw .durationPassesMidnight
        }
        if let gap = recurrence?.gapWithinDay {
            guard durationHours <= gap else { throw .durationReachesNextWindow }
        }
    }
}
