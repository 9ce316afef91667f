internal import Notation

/// The days on which a cron expression opens rotation windows: by their number in the month or by
/// their weekday, for exactly one of the two fields is `?`.
enum CronDays: Sendable, Hashable {
    /// `last` is `L`, the last day of the month.
    case ofMonth(NumberSet, last: Bool)
    /// `last` holds the weekdays whose last one in the month is meant, as in `FRIL`.
    case ofWeek(NumberSet, last: NumberSet)
    /// The nth such weekday of the month, as in `SUN#1`.
    case nth(Int, weekday: Int)

    init(dayOfMonth: Substring, dayOfWeek: Substring) throws(RotationRulesError) {
        switch (dayOfMonth == "?", dayOfWeek == "?") {
        case (false, true): self = try CronDays.daysOfMonth(dayOfMonth)
        case (true, false): self = try CronDays.daysOfWeek(dayOfWeek)
        default: throw .malformedExpression
        }
    }

    /// The days of one month.
    func days(ofMonth month: Int, in year: Int64) -> NumberSet {
        let length = CivilDate.dayCount(ofMonth: month, in: year)
        switch self {
        case .ofMonth(let numbers, let last):
            var days = NumberSet((1...length).lazy.filter { numbers.contains($0) })
            if last { days.insert(length) }
            return days
        case .ofWeek(let weekdays, let last):
            let first = CivilDate(year: year, month: month, day: 1).weekday
            var days = NumberSet()
            for day in 1...length {
                let weekday = (first - 1 + day - 1) % 7 + 1
                let isLast = day + 7 > length && last.contains(weekday)
                if isLast || weekdays.contains(weekday) { days.insert(day) }
            }
            return days
        case .nth(let occurrence, let weekday):
            let first = CivilDate(year: year, month: month, day: 1).weekday
            let day = 1 + (weekday - first + 7) % 7 + (occurrence - 1) * 7
            return day <= length ? NumberSet([day]) : NumberSet()
        }
    }

    private static func daysOfMonth(_ text: Substring) throws(RotationRulesError) -> CronDays {
        let field = CronField.daysOfMonth
        var numbers = NumberSet()
        var last = false
        for element in field.elements(text) {
            if element == "L" {
                last = true
            } else {
                numbers.formUnion(try field.element(element))
            }
        }
        return .ofMonth(numbers, last: last)
    }

    private static func daysOfWeek(_ text: Substring) throws(RotationRulesError) -> CronDays {
        let field = CronField.daysOfWeek
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2 {
            let weekday = try field.number(parts[0])
            guard let occurrence = Int(digits: parts[1]), (1...5).contains(occurrence) else {
                throw .malformedExpression
            }
            return .nth(occurrence, weekday: weekday)
        }
        var weekdays = NumberSet()
        var last = NumberSet()
        for element in field.elements(text) {
            if element == "L" {
                // The last day of the week, which begins on Sunday.
                weekdays.insert(field.bounds.upperBound)
            } else if element.last == "L" {
                last.insert(try field.number(element.dropLast()))
            } else {
                weekdays.formUnion(try field.element(element))
            }
        }
        return .ofWeek(weekdays, last: last)
    }
}
