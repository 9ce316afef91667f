/// A schedule expression: `rate(<n> <unit>)` or
/// `cron(<minutes> <hours> <day of month> <month> <day of week> <year>)`, in UTC.
///
/// [Schedule expressions](https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html)
struct RotationSchedule: Sendable, Hashable {
    /// The expression as it was given.
    let text: String
    let recurrence: RotationRecurrence

    static let longestRateDays = 999
    static let shortestRateHours = CronSchedule.smallestGap

    init(_ text: String) throws(RotationRulesError) {
        self.text = text
        // Folding the case of other letters could make ASCII of them.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .malformedExpression }
        if let rate = RotationSchedule.argument(of: "rate", in: text) {
            recurrence = try RotationSchedule.rate(rate)
        } else if let fields = RotationSchedule.argument(of: "cron", in: text) {
            recurrence = .cron(try CronSchedule(fields.uppercased()[...]))
        } else {
            throw .malformedExpression
        }
    }

    private static func argument(of name: String, in text: String) -> Substring? {
        guard text.hasPrefix("\(name)("), text.hasSuffix(")") else { return nil }
        return text.dropFirst(name.count + 1).dropLast()
    }

    private static func rate(_ text: Substring) throws(RotationRulesError) -> RotationRecurrence {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2, let value = Int(digits: parts[0]) else {
            throw .malformedExpression
        }
        // AWS does not insist on `1 day` and `2 days`.
        switch parts[1] {
        case "hour", "hours":
            guard (1...longestRateDays * 24).contains(value) else { throw .rateOutOfBounds }
            guard value >= shortestRateHours else { throw .tooFrequent }
            return .hours(Int64(value))
        case "day", "days":
            guard (1...longestRateDays).contains(value) else { throw .rateOutOfBounds }
            return .days(Int64(value))
        default:
            throw .malformedExpression
        }
    }
}
