import Notation
import TestSupport

@testable import AWS

/// A cron expression made at random together with the plain sets that it stands for, so that the
/// slow search never reads an expression.
struct RandomSchedule {
    let expression: String
    private let hours: Set<Int>
    private let months: Set<Int>
    private let isDay: (SlowCalendar.Day) -> Bool

    init(using generator: inout some RandomNumberGenerator) {
        let hours = RandomSchedule.list(0...23, names: [], using: &generator)
        let months = RandomSchedule.list(
            1...12,
            names: [
                "JAN", "feb", "Mar", "APR", "may", "Jun", "JUL", "aug", "SEP", "oct", "NOV", "dec",
            ],
            using: &generator
        )
        let dayOfMonth: String
        let dayOfWeek: String
        (dayOfMonth, dayOfWeek, isDay) = RandomSchedule.days(using: &generator)
        expression = "cron(0 \(hours.text) \(dayOfMonth) \(months.text) \(dayOfWeek) *)"
        self.hours = hours.numbers
        self.months = months.numbers
    }

    /// Whether a window opens at this hour, counted from 1970-01-01T00:00Z.
    func opens(at hour: Int) -> Bool {
        let day = SlowCalendar.days[hour / 24]
        return hours.contains(hour % 24) && months.contains(day.month) && isDay(day)
    }

    private typealias Days = (String, String, (SlowCalendar.Day) -> Bool)

    private static func days(using generator: inout some RandomNumberGenerator) -> Days {
        let weekdays = ["SUN", "mon", "Tue", "WED", "thu", "Fri", "SAT"]
        switch Int.random(in: 0..<5, using: &generator) {
        case 0, 1:
            let days = list(1...31, names: [], using: &generator)
            let withLast = Bool.random(using: &generator)
            return (
                withLast ? "\(days.text),L" : days.text,
                "?",
                { days.numbers.contains($0.day) || withLast && $0.isLastOfMonth }
            )
        case 2:
            let days = list(1...7, names: weekdays, using: &generator)
            return ("?", days.text, { days.numbers.contains($0.weekday) })
        case 3:
            let weekday = Int.random(in: 1...7, using: &generator)
            let nth = Int.random(in: 1...5, using: &generator)
            let name = Bool.random(using: &generator) ? "\(weekday)" : weekdays[weekday - 1]
            let days = (nth - 1) * 7 + 1...nth * 7
            return ("?", "\(name)#\(nth)", { $0.weekday == weekday && days.contains($0.day) })
        default:
            let weekday = Int.random(in: 1...7, using: &generator)
            return ("?", "\(weekday)L", { $0.weekday == weekday && isInLastWeek($0) })
        }
    }

    private static func isInLastWeek(_ day: SlowCalendar.Day) -> Bool {
        let lengths = [31, day.year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        // The moments of this test stay clear of 2100.
        return day.day > lengths[day.month - 1] - 7
    }

    /// One to three elements of a field, and what they stand for.
    private static func list(
        _ bounds: ClosedRange<Int>,
        names: [String],
        using generator: inout some RandomNumberGenerator
    ) -> (text: String, numbers: Set<Int>) {
        var texts: [String] = []
        var numbers: Set<Int> = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let first = Int.random(in: bounds, using: &generator)
            let last = Int.random(in: first...bounds.upperBound, using: &generator)
            let step = Int.random(in: 1...bounds.upperBound, using: &generator)
            let a = spell(first, bounds, names, using: &generator)
            let b = spell(last, bounds, names, using: &generator)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0, 1: (texts, numbers) = (texts + [a], numbers.union([first]))
            case 2: (texts, numbers) = (texts + ["\(a)-\(b)"], numbers.union(first...last))
            case 3: (texts, numbers) = (texts + ["*"], numbers.union(bounds))
            case 4:
                texts.append("\(a)-\(b)/\(step)")
                numbers.formUnion((first...last).filter { ($0 - first) % step == 0 })
            case 5:
                texts.append("\(a)/\(step)")
                numbers.formUnion((first...bounds.upperBound).filter { ($0 - first) % step == 0 })
            default:
                texts.append(Bool.random(using: &generator) ? "*/\(step)" : "/\(step)")
                numbers.formUnion(bounds.filter { ($0 - bounds.lowerBound) % step == 0 })
            }
        }
        return (texts.joined(separator: ","), numbers)
    }

    /// A number, by its name now and then.
    private static func spell(
        _ number: Int,
        _ bounds: ClosedRange<Int>,
        _ names: [String],
        using generator: inout some RandomNumberGenerator
    ) -> String {
        let isNamed = !names.isEmpty && Bool.random(using: &generator)
        return isNamed ? names[number - bounds.lowerBound] : "\(number)"
    }
}
