internal import Notation

/// When rotation windows open, again and again.
///
/// [Schedule expressions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html)
/// Windows open on whole hours, UTC, so everything here counts in hours and days from
/// 1970-01-01T00:00Z.
enum RotationRecurrence: Sendable, Hashable {
    /// At 00:00 of the day so many days after the last rotation.
    case days(Int64)
    /// At 00:00 and then every so many hours, not beginning anew with the day.
    case hours(Int64)
    case cron(CronSchedule)

    /// The first hour after `hour` at which a window opens, before the year 10000.
    ///
    /// Intervals in days are counted from `baseDay`, the day of the last rotation; intervals in
    /// hours from `rulesDay`, the day on which the rules were set.
    func opening(after hour: Int64, baseDay: Int64, rulesDay: Int64) -> Int64? {
        guard hour < RotationRecurrence.lastHour else { return nil }
        let opening: Int64?
        switch self {
        case .days(let days):
            // When the interval is over, the next day will do.
            let tomorrow = hour.dividedRoundingDown(by: 24) + 1
            opening = max(baseDay + days, tomorrow) * 24
        case .hours(let hours):
            let first = rulesDay * 24
            let windows = (hour - first).dividedRoundingDown(by: hours) + 1
            opening = first + max(windows, 0) * hours
        case .cron(let schedule):
            opening = schedule.opening(after: hour)
        }
        guard let opening, opening <= RotationRecurrence.lastHour else { return nil }
        return opening
    }

    /// How long a window stays open when no duration is given; nil means to the end of its day.
    ///
    /// A cron expression is one in hours when it opens more than one window a day.
    var defaultDurationHours: Int64? {
        switch self {
        case .days: nil
        case .hours: 1
        case .cron(let schedule): schedule.hours.count > 1 ? 1 : nil
        }
    }

    /// How much of its day the window that opens latest has left.
    var hoursToMidnight: Int64 {
        switch self {
        case .days: 24
        case .hours(let hours): RotationRecurrence.commonDivisor(24, hours)
        case .cron(let schedule): 24 - Int64(schedule.hours.last ?? 0)
        }
    }

    /// The hours between two windows of one day; nil when there is one a day or less.
    var gapWithinDay: Int64? {
        switch self {
        case .days: nil
        case .hours(let hours): hours < 24 ? hours : nil
        case .cron(let schedule): schedule.hours.smallestGap.map(Int64.init)
        }
    }

    private static func commonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
        second == 0 ? first : commonDivisor(second, first % second)
    }

    /// The last hour of the year 9999.
    private static let lastHour =
        CivilDate(year: 9_999, month: 12, day: 31).dayNumber * 24 + 23
}
