import TestSupport
import Testing

@testable import AWS

@Suite("Schedule expressions against a slow search")
struct SchedulePropertyTests {
    @Test(
        "a random expression opens the windows that looking at every hour finds",
        arguments: 0..<4 as Range<UInt64>
    )
    func slowSearch(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var accepted = 0
        for _ in 0..<250 {
            let random = RandomSchedule(using: &generator)
            let start = Int.random(in: Self.starts, using: &generator)
            let schedule: RotationSchedule
            do throws(RotationRulesError) {
                schedule = try RotationSchedule(random.expression)
            } catch {
                check(error, of: random)
                continue
            }
            accepted += 1
            check(schedule, against: random, from: start)
        }
        // Most random hours are too close together; enough are not.
        #expect(accepted > 25)
    }

    /// The next windows are those that are found hour by hour.
    private func check(
        _ schedule: RotationSchedule,
        against random: RandomSchedule,
        from start: Int
    ) {
        var hour = start
        // A year in all, or the one window that comes later.
        while hour < start + 366 * 24 {
            var slow = hour + 1
            while !random.opens(at: slow) { slow += 1 }
            let fast = schedule.recurrence.opening(after: Int64(hour), baseDay: 0, rulesDay: 0)
            guard fast == Int64(slow) else {
                Issue.record("\(random.expression) after hour \(hour): \(slow), not \(fast ?? -1)")
                return
            }
            #expect(hour == start || slow - hour >= 4, "\(random.expression) at hour \(slow)")
            hour = slow
        }
    }

    /// An expression is refused only if it deserves it.
    private func check(_ error: RotationRulesError, of random: RandomSchedule) {
        var previous: Int?
        for hour in Self.everyKindOfYear where random.opens(at: hour) {
            guard error == .tooFrequent else { break }
            if let previous, hour - previous < 4 { return }
            previous = hour
        }
        let neverOpens = error == .neverComes && !Self.everyKindOfYear.contains(where: random.opens)
        #expect(neverOpens, "\(random.expression) is refused: \(error)")
    }

    private static let starts = hours(of: 2_000..<2_060)
    /// 28 years without a century: each kind of year is among them.
    private static let everyKindOfYear = hours(of: 2_001..<2_029)

    private static func hours(of years: Range<Int>) -> Range<Int> {
        let days = SlowCalendar.days
        let start = days.firstIndex { $0.year == years.lowerBound } ?? 0
        let end = days.firstIndex { $0.year == years.upperBound } ?? 0
        return start * 24..<end * 24
    }
}
