import Notation
import TestSupport
import Testing

@testable import AWS

/// A recorded or documented NextRotationDate.
struct DateRow: Sendable, CustomTestStringConvertible {
    var days: Int64?
    var expression: String?
    var duration: String?
    var rulesSet: String
    var rotated: String?
    var changed: String?
    var now: String
    let nextRotationDate: String

    var testDescription: String {
        "\(days.map { "\($0) days" } ?? expression ?? "no rules"), \(duration ?? "no duration")"
            + " → \(nextRotationDate)"
    }
}

private let monday = "2026-02-02 09:00"

private let dates = [
    // Recorded: 23:59:59 of day +30.
    DateRow(
        days: 30,
        rulesSet: "2025-06-10 14:21:07",
        rotated: "2025-06-10 14:21:09",
        now: "2025-06-10 14:21:09",
        nextRotationDate: "2025-07-10 23:59:59"
    ),
    // Recorded: rotated on 2 February, a value put on 3 February.
    DateRow(
        days: 30,
        rulesSet: "2023-02-01 08:00",
        rotated: "2023-02-02 10:00",
        changed: "2023-02-03 11:30",
        now: "2023-02-03 11:30",
        nextRotationDate: "2023-03-05 23:59:59"
    ),
    // Recorded: Monday.
    DateRow(
        expression: "cron(0 0 ? * 2 *)",
        rulesSet: "2026-02-03 10:00",
        now: "2026-02-03 10:00",
        nextRotationDate: "2026-02-09 23:59:59"
    ),
    // Recorded: 16:00 and two hours.
    DateRow(
        expression: "cron(0 16 1,15 * ? *)",
        duration: "2h",
        rulesSet: monday,
        now: monday,
        nextRotationDate: "2026-02-15 17:59:59"
    ),
    // First configured with RotateImmediately=false: counted from now, not from the old value.
    DateRow(
        days: 30,
        rulesSet: monday,
        changed: "2025-01-01 00:00",
        now: monday,
        nextRotationDate: "2026-03-04 23:59:59"
    ),
    // The value put by the rotation itself is older than its end.
    DateRow(
        days: 1,
        rulesSet: "2026-01-01 00:00",
        rotated: "2026-02-02 00:00:01",
        changed: "2026-02-01 23:59:59",
        now: "2026-02-02 00:00:01",
        nextRotationDate: "2026-02-03 23:59:59"
    ),
    // New rules do not move the base of a secret that was rotated before.
    DateRow(
        days: 60,
        rulesSet: monday,
        rotated: "2026-01-20 12:00",
        now: monday,
        nextRotationDate: "2026-03-21 23:59:59"
    ),
    // An interval that is over, after cancelling and enabling again: the next day.
    DateRow(
        days: 30,
        rulesSet: monday,
        rotated: "2025-06-01 12:00",
        now: monday,
        nextRotationDate: "2026-02-03 23:59:59"
    ),
    // It is over today: the window of today is not the next one.
    DateRow(
        days: 1,
        rulesSet: "2026-01-01 00:00",
        rotated: "2026-02-01 09:00",
        now: monday,
        nextRotationDate: "2026-02-03 23:59:59"
    ),
    DateRow(
        days: 1_000,
        rulesSet: monday,
        now: monday,
        nextRotationDate: "2028-10-29 23:59:59"
    ),
    DateRow(
        days: 1,
        duration: "3h",
        rulesSet: "2027-12-31 23:59:59",
        now: "2027-12-31 23:59:59",
        nextRotationDate: "2028-01-01 02:59:59"
    ),
    DateRow(
        expression: "rate(10 days)",
        duration: "24h",
        rulesSet: monday,
        now: monday,
        nextRotationDate: "2026-02-12 23:59:59"
    ),
    DateRow(
        expression: "rate(10 days)",
        rulesSet: "2026-01-01 00:00",
        rotated: "2026-01-20 00:00",
        changed: "2026-01-31 23:59",
        now: monday,
        nextRotationDate: "2026-02-10 23:59:59"
    ),
    DateRow(
        expression: "rate(4 hours)",
        rulesSet: monday,
        now: monday,
        nextRotationDate: "2026-02-02 12:59:59"
    ),
    DateRow(
        expression: "rate(6 hours)",
        duration: "5h",
        rulesSet: "2026-01-01 07:00",
        rotated: "2026-02-02 06:01",
        now: monday,
        nextRotationDate: "2026-02-02 16:59:59"
    ),
    DateRow(
        expression: "cron(0 8/8 * * ? *)",
        rulesSet: monday,
        now: monday,
        nextRotationDate: "2026-02-02 16:59:59"
    ),
]

@Suite("Rotation rules")
struct RotationRulesTests {
    @Test("NextRotationDate is the last second of the next window", arguments: dates)
    func nextRotationDate(row: DateRow) throws {
        let rules = try RotationRules(
            automaticallyAfterDays: row.days,
            duration: row.duration,
            scheduleExpression: row.expression
        )
        let history = RotationHistory(
            rulesSetAt: try #require(SlowCalendar.moment(row.rulesSet)),
            lastRotatedAt: row.rotated.flatMap(SlowCalendar.moment),
            valueChangedAt: row.changed.flatMap(SlowCalendar.moment)
        )
        let now = try #require(SlowCalendar.moment(row.now))
        let window = try #require(NextRotation(by: rules, history).window(after: now))
        #expect(SlowCalendar.text(window.nextRotationDate) == row.nextRotationDate)
        #expect(window.nextRotationDate.milliseconds % 1_000 == 0)
        #expect(window.opens > now)
        #expect(window.contains(window.opens) && window.contains(window.nextRotationDate))
        #expect(!window.contains(window.closes) && !window.contains(now))
    }

    @Test(
        "C44: the longest duration is what the day and the next window leave",
        arguments: [
            ("cron(0 0 * * ? *)", 24, .durationPassesMidnight),
            ("cron(0 16 * * ? *)", 8, .durationPassesMidnight),
            ("cron(0 23 L * ? *)", 1, .durationPassesMidnight),
            ("cron(0 0 ? * 2 *)", 24, .durationPassesMidnight),
            ("cron(0 12/20 * * ? *)", 12, .durationPassesMidnight),
            ("cron(0 /8 * * ? *)", 8, .durationPassesMidnight),
            ("cron(0 8/8 * * ? *)", 8, .durationPassesMidnight),
            ("cron(0 2/10 * * ? *)", 2, .durationPassesMidnight),
            ("cron(0 */4 * * ? *)", 4, .durationPassesMidnight),
            ("cron(0 0,4,12 * * ? *)", 4, .durationReachesNextWindow),
            ("cron(0 0,22 ? * MON *)", 2, .durationPassesMidnight),
            ("rate(4 hours)", 4, .durationPassesMidnight),
            ("rate(6 hours)", 6, .durationPassesMidnight),
            ("rate(12 hours)", 12, .durationPassesMidnight),
            // Its windows come to open at every hour of the day, the last one too.
            ("rate(5 hours)", 1, .durationPassesMidnight),
            ("rate(10 hours)", 2, .durationPassesMidnight),
            ("rate(24 hours)", 24, .durationPassesMidnight),
            ("rate(36 hours)", 12, .durationPassesMidnight),
            ("rate(1 day)", 24, .durationPassesMidnight),
            ("rate(999 days)", 24, .durationPassesMidnight),
        ] as [(String, Int, RotationRulesError)]
    )
    func longestDuration(expression: String, hours: Int, error: RotationRulesError) throws {
        for allowed in 1...hours {
            let rules = try RotationRules(duration: "\(allowed)h", scheduleExpression: expression)
            let start = Timestamp(milliseconds: 0)
            let history = RotationHistory(rulesSetAt: start)
            let window = try #require(NextRotation(by: rules, history).window(after: start))
            let length = window.closes.milliseconds - window.opens.milliseconds
            #expect(length == Int64(allowed) * 3_600_000)
        }
        // A pass of midnight is told before a meeting with the next window.
        #expect(throws: error) {
            try RotationRules(duration: "\(hours + 1)h", scheduleExpression: expression)
        }
        #expect(throws: RotationRulesError.durationPassesMidnight) {
            try RotationRules(duration: "25h", scheduleExpression: expression)
        }
        #expect(throws: RotationRulesError.durationTooShort) {
            try RotationRules(duration: "0h", scheduleExpression: expression)
        }
    }

    @Test(
        "a duration is a number of hours",
        arguments: [
            "", "h", "3", "3H", "3 h", " 3h", "-1h", "+3h", "3hh", "3m", "h3", "1.5h", "²h",
        ]
    )
    func malformedDuration(duration: String) {
        #expect(throws: RotationRulesError.malformedDuration) {
            try RotationRules(automaticallyAfterDays: 30, duration: duration)
        }
    }

    @Test(
        "an interval in days has 1 to 1000 of them",
        arguments: [.min, -1, 0, 1_001, .max] as [Int64]
    )
    func daysOutOfBounds(days: Int64) {
        #expect(throws: RotationRulesError.daysOutOfBounds) {
            try RotationRules(automaticallyAfterDays: days)
        }
    }

    @Test("days and an expression are not given together, good or bad")
    func daysAndExpression() {
        for expression in ["rate(30 days)", "nonsense"] {
            #expect(throws: RotationRulesError.daysAndExpression) {
                try RotationRules(automaticallyAfterDays: 0, scheduleExpression: expression)
            }
        }
    }

    @Test("rules that name no time rotate on demand only")
    func onDemand() throws {
        let start = Timestamp(milliseconds: 0)
        for duration in [nil, "3h", "24h"] {
            let rules = try RotationRules(duration: duration)
            let history = RotationHistory(rulesSetAt: start, lastRotatedAt: start)
            #expect(NextRotation(by: rules, history).window(after: start) == nil)
            #expect(rules.described(lastRotatedAt: start).automaticallyAfterDays == nil)
        }
        #expect(throws: RotationRulesError.durationPassesMidnight) {
            try RotationRules(duration: "25h")
        }
    }
}
