import JSON
import Notation
import TestSupport
import Testing

@testable import AWS

@Suite("Rotation rules on the wire")
struct RotationRulesAnswerTests {
    @Test(
        "C47: AutomaticallyAfterDays says how far the next window is, rounded up",
        arguments: [
            ("rate(1 day)", 1), ("rate(10 days)", 10), ("rate(999 days)", 999),
            ("rate(4 hours)", 1), ("rate(24 hours)", 1), ("rate(36 hours)", 1),
            ("rate(48 hours)", 2), ("rate(23976 hours)", 999), ("cron(0 8 * * ? *)", 1),
            ("cron(0 /8 * * ? *)", 1), ("cron(0 0 ? * 2 *)", 6), ("cron(0 9 ? * FRI *)", 3),
            ("cron(0 0 1 * ? *)", 26), ("cron(0 17 L * ? *)", 26),
            ("cron(0 1 ? 1/3 SUN#1 *)", 61), ("cron(0 0 1 1 ? *)", 332),
            ("cron(0 0 29 2 ? *)", 756),
        ] as [(String, Int64)]
    )
    func derivedDays(expression: String, days: Int64) throws {
        let rules = try RotationRules(scheduleExpression: expression)
        let rotated = try #require(SlowCalendar.moment("2026-02-03 10:15"))
        #expect(rules.automaticallyAfterDays == nil)
        #expect(rules.described(lastRotatedAt: rotated).automaticallyAfterDays == days)
        #expect(rules.described(lastRotatedAt: nil).automaticallyAfterDays == nil)
    }

    @Test("C47: a weekly schedule has the days to its next window, one to seven")
    func weekly() throws {
        let rules = try RotationRules(scheduleExpression: "cron(0 0 ? * MON *)")
        for hour in 0..<336 {
            let moment = Timestamp(milliseconds: Int64(hour) * 3_600_000)
            // The first Monday of 1970 began in hour 96.
            let hoursLeft = 168 - (Int64(hour) - 96 + 336) % 168
            let days = rules.described(lastRotatedAt: moment).automaticallyAfterDays
            #expect(days == (hoursLeft + 23) / 24)
        }
    }

    @Test("an answer shows what was given and what was calculated")
    func json() throws {
        let rotated = Timestamp(milliseconds: 0)
        let weekly = try RotationRules(duration: "3h", scheduleExpression: "cron(0 16 ? * 2 *)")
        #expect(
            weekly.described(lastRotatedAt: nil).jsonText()
                == #"{"Duration":"3h","ScheduleExpression":"cron(0 16 ? * 2 *)"}"#
        )
        #expect(
            weekly.described(lastRotatedAt: rotated).jsonText()
                == #"{"AutomaticallyAfterDays":5,"Duration":"3h","#
                + #""ScheduleExpression":"cron(0 16 ? * 2 *)"}"#
        )
        let monthly = try RotationRules(automaticallyAfterDays: 30)
        #expect(
            monthly.described(lastRotatedAt: rotated).jsonText()
                == #"{"AutomaticallyAfterDays":30}"#
        )
        #expect(try RotationRules().described(lastRotatedAt: rotated).jsonText() == "{}")
    }

    @Test("what is in the bounds of the model breaks no constraint")
    func noViolations() {
        #expect(violations().isEmpty)
        #expect(violations(days: 1).isEmpty && violations(days: 1_000).isEmpty)
        #expect(violations(duration: "3h").isEmpty && violations(duration: "00h").isEmpty)
        #expect(violations(expression: "cron(0 1 ? 1/3 SUN#1 *)").isEmpty)
        #expect(violations(expression: "No-Schedule, but in the pattern").isEmpty)
    }

    @Test("what is outside the bounds of the model is told in the framework's words")
    func violationTexts() {
        #expect(
            violations(days: 0) == [
                "Value '0' at 'rotationRules.automaticallyAfterDays' failed to satisfy constraint:"
                    + " Member must have value greater than or equal to 1"
            ]
        )
        #expect(
            violations(days: 1_001) == [
                "Value '1001' at 'rotationRules.automaticallyAfterDays' failed to satisfy"
                    + " constraint: Member must have value less than or equal to 1000"
            ]
        )
        #expect(
            violations(duration: "3d") == [
                "Value '3d' at 'rotationRules.duration' failed to satisfy constraint:"
                    + " Member must satisfy regular expression pattern: [0-9]+h"
            ]
        )
        #expect(violations(duration: "100h").count == 1)
        #expect(violations(duration: "h").count == 2)
        #expect(
            violations(expression: "cron(0 8 * * ? *)\n") == [
                "Value 'cron(0 8 * * ? *)\n' at 'rotationRules.scheduleExpression' failed to"
                    + " satisfy constraint: Member must satisfy regular expression pattern: "
                    + #"[0-9A-Za-z\(\)#\?\*\-\/, ]+"#
            ]
        )
        #expect(violations(expression: "rate(٣ days)").count == 1)
        #expect(violations(expression: "").count == 2)
        #expect(violations(expression: String(repeating: "x", count: 257)).count == 1)
    }
}

private func violations(
    days: Int64? = nil,
    duration: String? = nil,
    expression: String? = nil
) -> [String] {
    var constraints = Constraints()
    constraints.rotationRules(
        automaticallyAfterDays: days,
        duration: duration,
        scheduleExpression: expression
    )
    return constraints.violations.map(\.text)
}
