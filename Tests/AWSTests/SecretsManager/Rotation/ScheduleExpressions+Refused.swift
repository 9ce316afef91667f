#if canImport(AWS)
@testable import AWS

#endif

extension ScheduleExpressions {
    /// Expressions that are refused, and why.
    static let refused: [(String, RotationRulesError)] =
        malformed.map { ($0, .malformedExpression) } + [
            ("rate(0 hours)", .rateOutOfBounds), ("rate(0 days)", .rateOutOfBounds),
            ("rate(1000 days)", .rateOutOfBounds), ("rate(999999 days)", .rateOutOfBounds),
            ("rate(23977 hours)", .rateOutOfBounds), ("rate(1 hour)", .tooFrequent),
            ("rate(3 hours)", .tooFrequent), ("cron(0 * * * ? *)", .tooFrequent),
            ("cron(0 */1 * * ? *)", .tooFrequent), ("cron(0 */3 * * ? *)", .tooFrequent),
            ("cron(0 /3 ? * MON *)", .tooFrequent), ("cron(0 8,9 1 1 ? *)", .tooFrequent),
            ("cron(0 0-12 L * ? *)", .tooFrequent), ("cron(0 1,8,11 ? * SUN#1 *)", .tooFrequent),
            // Three hours or less across midnight.
            ("cron(0 /7 * * ? *)", .tooFrequent), ("cron(0 0,21 * * ? *)", .tooFrequent),
            ("cron(0 2,23 ? * MON-FRI *)", .tooFrequent),
            ("cron(0 0,22 ? * SAT,SUN *)", .tooFrequent),
            ("cron(0 0,22 1,L * ? *)", .tooFrequent), ("cron(0 0,22 1,31 1,12 ? *)", .tooFrequent),
            ("cron(0 0,22 28-29 2 ? *)", .tooFrequent), ("cron(0 0,22 */2 * ? *)", .tooFrequent),
            ("cron(0 0,22 29,1 2,3 ? *)", .tooFrequent),
            ("cron(0 0,22 ? * SAT,SUNL *)", .tooFrequent),
            ("cron(0 0 31 2 ? *)", .neverComes), ("cron(0 0 30 FEB ? *)", .neverComes),
            ("cron(0 0 30,31 2 ? *)", .neverComes), ("cron(0 0 31 4,6,9,11 ? *)", .neverComes),
            ("cron(0 0 31 SEP ? *)", .neverComes), ("cron(0 /3 31 4 ? *)", .neverComes),
        ]

    private static let malformed = [
        "", " ", "rate", "cron", "rate()", "cron()", "rate(", "cron(", "rate)", ")", "()",
        "daily", "every(1 day)", "Rate(1 day)", "CRON(0 8 * * ? *)", "rate (1 day)",
        // Rates.
        "rate(1)", "rate(day)", "rate(1 )", "rate( 1 day)", "rate(1 day )", "rate(1  day)",
        "rate(1 day) ", " rate(1 day)", "rate(1 day", "rate(-1 days)", "rate(+1 days)",
        "rate(1.5 days)", "rate(1 week)", "rate(5 minutes)", "rate(1 DAY)", "rate(1 Days)",
        "rate(1d)", "rate(1day)", "rate(1 day 4 hours)", "rate(one day)", "rate(0x10 days)",
        "rate(1 day))", "rate((1 day))", "rate(\u{661} day)", "rate(99999999999999999999 days)",
        "rate(1\u{A0}day)",
        // The number of fields, the minutes and the year.
        "cron(0 8 * * ?)", "cron(0 8 * * ? * *)", "cron(0 8 * * ?  *)", "cron( 0 8 * * ? *)",
        "cron(0 8 * * ? * )", "cron(8 * * ? *)", "cron(0\t8 * * ? *)", "cron(0 8 * * ? *",
        "cron(1 8 * * ? *)", "cron(* 8 * * ? *)", "cron(0/30 8 * * ? *)", "cron(0,30 8 * * ? *)",
        "cron(? 8 * * ? *)", "cron(0 8 * * ? 2026)", "cron(0 8 * * ? 2026-2030)",
        "cron(0 8 * * ? ?)", "cron(0 8 * * ? */2)",
        // Hours.
        "cron(0 24 * * ? *)", "cron(0 -1 * * ? *)", "cron(0 ? * * ? *)", "cron(0 L * * ? *)",
        "cron(0 8, * * ? *)", "cron(0 ,8 * * ? *)", "cron(0 8,,16 * * ? *)", "cron(0 16-8 * * ? *)",
        "cron(0 8- * * ? *)", "cron(0 8-12-16 * * ? *)", "cron(0 8/ * * ? *)", "cron(0 / * * ? *)",
        "cron(0 8/0 * * ? *)", "cron(0 /24 * * ? *)", "cron(0 8/4/4 * * ? *)",
        "cron(0 */-4 * * ? *)",
        "cron(0 8am * * ? *)", "cron(0 MON * * ? *)", "cron(0 **/4 * * ? *)", "cron(0 *-8 * * ? *)",
        // Exactly one of the two days is `?`.
        "cron(0 8 * * * *)", "cron(0 8 ? * ? *)", "cron(0 8 1 * MON *)", "cron(0 8 L * FRIL *)",
        "cron(0 8 1,? * ? *)", "cron(0 8 ? * MON,? *)", "cron(0 8 ?? * MON *)",
        // Days of the month.
        "cron(0 8 0 * ? *)", "cron(0 8 32 * ? *)", "cron(0 8 -1 * ? *)", "cron(0 8 1/32 * ? *)",
        "cron(0 8 15W * ? *)", "cron(0 8 LW * ? *)", "cron(0 8 L-3 * ? *)", "cron(0 8 1L * ? *)",
        "cron(0 8 LL * ? *)", "cron(0 8 L/2 * ? *)", "cron(0 8 1#1 * ? *)", "cron(0 8 MON * ? *)",
        // Months.
        "cron(0 8 1 0 ? *)", "cron(0 8 1 13 ? *)", "cron(0 8 1 ? ? *)", "cron(0 8 1 L ? *)",
        "cron(0 8 1 JANUARY ? *)", "cron(0 8 1 JA ? *)", "cron(0 8 1 MON ? *)",
        "cron(0 8 1 NOV-FEB ? *)", "cron(0 8 1 1/13 ? *)", "cron(0 8 1 1#1 ? *)",
        // Days of the week.
        "cron(0 8 ? * 0 *)", "cron(0 8 ? * 8 *)", "cron(0 8 ? * MONDAY *)", "cron(0 8 ? * JAN *)",
        "cron(0 8 ? * FRI-MON *)", "cron(0 8 ? * MON-SUN *)",
        "cron(0 8 ? * MON#0 *)",
        "cron(0 8 ? * MON#6 *)",
        "cron(0 8 ? * MON# *)", "cron(0 8 ? * #1 *)", "cron(0 8 ? * MON#1#2 *)",
        "cron(0 8 ? * MON#1,FRI#3 *)", "cron(0 8 ? * MON#L *)", "cron(0 8 ? * L#1 *)",
        "cron(0 8 ? * *L *)", "cron(0 8 ? * MON-FRIL *)", "cron(0 8 ? * LL *)",
        "cron(0 8 ? * 8L *)",
        "cron(0 8 ? * MONW *)", "cron(0 8 ? * MON#1L *)",
        // Letters that become S and I when their case is changed.
        "cron(0 8 ? * \u{17F}UN *)", "cron(0 8 ? * FR\u{131} *)", "cron(0 8 1 * ? *\u{301})",
    ]
}
