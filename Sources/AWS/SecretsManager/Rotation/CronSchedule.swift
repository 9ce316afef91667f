internal import Notation

/// `cron(<minutes> <hours> <day of month> <month> <day of week> <year>)`, in UTC.
///
/// [Schedule expressions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html)
/// The minutes must be 0 and the year `*`. Steps of hours begin anew every day.
struct CronSchedule: Sendable, Hashable {
    let hours: NumberSet
    let days: CronDays
    let months: NumberSet

    /// The least number of hours between two rotation windows.
    static let smallestGap = 4

    /// Reads what stands between the parentheses, in upper case.
    init(_ fields: Substring) throws(RotationRulesError) {
        let fields = fields.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 6, Int(digits: fields[0]) == 0, fields[5] == "*" else {
            throw .malformedExpression
        }
        hours = try CronField.hours.numbers(fields[1])
        days = try CronDays(dayOfMonth: fields[2], dayOfWeek: fields[4])
        months = try CronField.months.numbers(fields[3])
        guard comes else { throw .neverComes }
        guard !isTooFrequent else { throw .tooFrequent }
    }

    /// The first hour after `hour` at which a rotation window opens, before the year 10000.
    ///
    /// At most 40 years of months are looked at: so far apart are two leap days on the same
    /// weekday around a century that has none.
    func opening(after hour: Int64) -> Int64? {
        let dayNumber = hour.dividedRoundingDown(by: 24)
        let date = CivilDate(dayNumber: dayNumber)
        let today = months.contains(date.month) ? days(of: date) : NumberSet()
        if today.contains(date.day), let next = hours.first(from: Int(hour - dayNumber * 24) + 1) {
            return dayNumber * 24 + Int64(next)
        }
        if let day = today.first(from: date.day + 1) {
            return firstOpening(on: CivilDate(year: date.year, month: date.month, day: day))
        }
        var (year, month) = (date.year, date.month)
        while year <= CronSchedule.lastYear {
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
            guard months.contains(month) else { continue }
            guard let day = days.days(ofMonth: month, in: year).first else { continue }
            return firstOpening(on: CivilDate(year: year, month: month, day: day))
        }
        return nil
    }

    private func days(of date: CivilDate) -> NumberSet {
        days.days(ofMonth: date.month, in: date.year)
    }

    private func firstOpening(on date: CivilDate) -> Int64? {
        guard date.year <= CronSchedule.lastYear, let hour = hours.first else { return nil }
        return date.dayNumber * 24 + Int64(hour)
    }

    private static let lastYear: Int64 = 9_999
}

extension CronSchedule {
    /// Whether there ever is such a day.
    private var comes: Bool {
        CronSchedule.everyKindOfYear.contains { year in
            (1...12).contains { month in
                months.contains(month) && !days.days(ofMonth: month, in: year).isEmpty
            }
        }
    }

    private var isTooFrequent: Bool {
        if let gap = hours.smallestGap, gap < CronSchedule.smallestGap { return true }
        guard let first = hours.first, let last = hours.last else { return false }
        return first + 24 - last < CronSchedule.smallestGap && opensOnSuccessiveDays
    }

    private var opensOnSuccessiveDays: Bool {
        // Whether the last day of the month before is one of the schedule's.
        var precedes = false
        for year in CronSchedule.everyKindOfYear {
            for month in 1...12 {
                let length = CivilDate.dayCount(ofMonth: month, in: year)
                let days =
                    months.contains(month)
                    ? self.days.days(ofMonth: month, in: year) : NumberSet()
                if days.smallestGap == 1 || precedes && days.contains(1) { return true }
                precedes = days.contains(length)
            }
        }
        return false
    }

    /// In 28 years without a century each kind of year comes, leap or not and beginning on each
    /// weekday.
    private static let everyKindOfYear: ClosedRange<Int64> = 2_001...2_028
}
