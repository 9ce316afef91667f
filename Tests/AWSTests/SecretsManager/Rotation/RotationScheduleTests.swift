import Notation
import TestSupport
import Testing

@testable import AWS

/// A row of the table: an expression, a moment, and the three windows that open after it.
struct ScheduleRow: Sendable, CustomTestStringConvertible {
    let expression: String
    let after: String
    let windows: [String]

    var testDescription: String { "\(expression) after \(after)" }

    static let all: [ScheduleRow] = {
        var rows: [ScheduleRow] = []
        var after = ""
        for line in ScheduleExpressions.windows.split(separator: "\n") {
            if line.hasPrefix("after ") { after = String(line.dropFirst("after ".count)) }
            let cells = line.split(separator: "|").map { $0.split(separator: " ") }
            guard cells.count == 2 else { continue }
            let windows = cells[1].joined(separator: " ").split(separator: ",")
            rows.append(
                ScheduleRow(
                    expression: cells[0].joined(separator: " "),
                    after: after,
                    windows: windows.map { $0.split(separator: " ").joined(separator: " ") }
                )
            )
        }
        return rows
    }()
}

@Suite("Schedule expressions")
struct RotationScheduleTests {
    @Test("the table of expressions is as long as it should be")
    func tableLength() {
        #expect(ScheduleRow.all.count >= 100)
        #expect(ScheduleExpressions.refused.count >= 100)
    }

    @Test("an expression opens the windows that it says", arguments: ScheduleRow.all)
    func windows(row: ScheduleRow) throws {
        let rules = try RotationRules(scheduleExpression: row.expression)
        let start = try #require(SlowCalendar.moment(row.after))
        var history = RotationHistory(rulesSetAt: start)
        var moment = start
        var windows: [String] = []
        while windows.count < 3 {
            let window = try #require(NextRotation(by: rules, history).window(after: moment))
            windows.append(text(window))
            moment = window.opens
            history = RotationHistory(rulesSetAt: start, lastRotatedAt: moment)
        }
        #expect(windows == row.windows)
    }

    @Test("what AWS refuses is refused for its reason", arguments: ScheduleExpressions.refused)
    func refusal(expression: String, reason: RotationRulesError) {
        #expect(throws: reason) { try RotationSchedule(expression) }
        #expect(throws: reason) { try RotationRules(scheduleExpression: expression) }
    }

    @Test("the expression is kept as it was given")
    func textIsKept() throws {
        let rules = try RotationRules(scheduleExpression: "cron(0 08 ? jan-Mar fri *)")
        #expect(rules.scheduleExpression == "cron(0 08 ? jan-Mar fri *)")
    }

    @Test("no window opens after the year 9999, and looking for one ends")
    func endOfTime() throws {
        let expressions = ["cron(0 0 29 2 ? *)", "rate(1 day)", "rate(4 hours)"]
        let end = CivilDate(year: 9_999, month: 12, day: 31).startOfDay.adding(days: 1)
        let last = Timestamp(milliseconds: end.milliseconds - 1)
        for expression in expressions {
            let rules = try RotationRules(scheduleExpression: expression)
            for moment in [last, end, Timestamp(milliseconds: .max)] {
                let history = RotationHistory(rulesSetAt: moment)
                #expect(NextRotation(by: rules, history).window(after: moment) == nil)
            }
        }
        let rules = try RotationRules(automaticallyAfterDays: 1)
        let eve = Timestamp(milliseconds: end.adding(days: -1).milliseconds - 1)
        let history = RotationHistory(rulesSetAt: eve)
        #expect(NextRotation(by: rules, history).window(after: eve)?.closes == end)
    }

    @Test("before 1970 windows open as they do after it")
    func before1970() throws {
        let rules = try RotationRules(scheduleExpression: "cron(0 6 ? * SUN#1 *)")
        let moment = CivilDate(year: 1_899, month: 12, day: 31).startOfDay
        let history = RotationHistory(rulesSetAt: moment)
        let window = try #require(NextRotation(by: rules, history).window(after: moment))
        // 1900-01-07 was a Sunday.
        #expect(CivilDate(of: window.opens) == CivilDate(year: 1_900, month: 1, day: 7))
        #expect(window.opens.hourNumber - window.opens.dayNumber * 24 == 6)
        let first = Timestamp(milliseconds: .min)
        #expect(
            NextRotation(by: rules, RotationHistory(rulesSetAt: first)).window(after: first) != nil
        )
    }
}

/// `2026-02-09 00-24`: no window goes beyond its day.
private func text(_ window: RotationWindow) -> String {
    let opens = SlowCalendar.text(window.opens)
    let hours = (window.closes.milliseconds - window.opens.milliseconds) / 3_600_000
    let hour = window.opens.hourNumber - window.opens.dayNumber * 24
    return "\(opens.prefix(13))-\(SlowCalendar.twoDigits(Int(hour + hours)))"
}
