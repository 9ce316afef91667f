/// A day of the proleptic Gregorian calendar, UTC.
///
/// Rotation schedules are in UTC, so a day always has 24 hours and no time zone is ever asked.
/// Days are numbered from 1970-01-01, which is day 0.
package struct CivilDate: Sendable, Hashable {
    package let year: Int64
    /// 1 is January.
    package let month: Int
    /// 1 is the first of the month.
    package let day: Int

    package init(year: Int64, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The date of a numbered day.
    package init(dayNumber: Int64) {
        // The year is taken to begin in March, so that the leap day is its last, and years are
        // counted in eras of 400, after which the calendar repeats itself.
        let shifted = dayNumber + CivilDate.daysFromMarchOfYear0
        let era = shifted.dividedRoundingDown(by: CivilDate.daysPerEra)
        let dayOfEra = shifted - era * CivilDate.daysPerEra
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = Int(dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100))
        // From March on the months have 31, 30, 31, 30, 31 days, again and again.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The number of the day, from 1970-01-01 on.
    package var dayNumber: Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.dividedRoundingDown(by: 400)
        let yearOfEra = marchYear - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = Int64((153 * monthFromMarch + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * CivilDate.daysPerEra + dayOfEra - CivilDate.daysFromMarchOfYear0
    }

    /// 1 is Sunday, as schedule expressions count.
    package var weekday: Int {
        // Day 0 was a Thursday.
        let days = dayNumber + 4
        return Int(days - days.dividedRoundingDown(by: 7) * 7) + 1
    }

    package static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package static func dayCount(ofMonth month: Int, in year: Int64) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static let daysPerEra: Int64 = 146_097
    /// From 0000-03-01 to 1970-01-01.
    private static let daysFromMarchOfYear0: Int64 = 719_468
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that what is before 1970 is counted as
    /// what comes after it.
    package func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
