package import Notation

/// A calendar made by counting day after day from 1970-01-01, a Thursday, so that nothing in it is
/// clever enough to be wrong.
package enum SlowCalendar {
    package struct Day: Sendable, Hashable {
        package let year: Int
        package let month: Int
        package let day: Int
        /// 1 is Sunday.
        package let weekday: Int
        package let isLastOfMonth: Bool
    }

    /// The days of 1970–2199.
    package static let days: [Day] = {
        var days: [Day] = []
        var weekday = 5
        for year in 1_970..<2_200 {
            for (index, length) in monthLengths(year).enumerated() {
                for day in 1...length {
                    let isLast = day == length
                    days.append(
                        Day(
                            year: year,
                            month: index + 1,
                            day: day,
                            weekday: weekday,
                            isLastOfMonth: isLast
                        )
                    )
                    weekday = weekday == 7 ? 1 : weekday + 1
                }
            }
        }
        return days
    }()

    private static let numbers: [String: Int64] = {
        var numbers: [String: Int64] = [:]
        for (number, day) in days.enumerated() { numbers[text(day)] = Int64(number) }
        return numbers
    }()

    private static func monthLengths(_ year: Int) -> [Int] {
        let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }

    package static func text(_ day: Day) -> String {
        "\(day.year)-\(twoDigits(day.month))-\(twoDigits(day.day))"
    }

    package static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// Reads `2026-02-03`, `2026-02-03 10:15` or `2026-02-03 10:15:59`; nil outside 1970–2199.
    package static func moment(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard let date = parts.first, let number = numbers[String(date)] else { return nil }
        let time = parts.count > 1 ? parts[1].split(separator: ":").compactMap { Int64($0) } : []
        let units: [Int64] = [3_600, 60, 1]
        let seconds = zip(time, units).reduce(number * 86_400) { $0 + $1.0 * $1.1 }
        return Timestamp(milliseconds: seconds * 1_000)
    }

    /// `2026-02-03 10:15:59`.
    package static func text(_ moment: Timestamp) -> String {
        let seconds = Int(moment.milliseconds / 1_000)
        let (number, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        guard days.indices.contains(number) else { return "\(seconds) s" }
        let time = [rest / 3_600, rest / 60 % 60, rest % 60].map(twoDigits)
        return "\(text(days[number])) \(time.joined(separator: ":"))"
    }
}
