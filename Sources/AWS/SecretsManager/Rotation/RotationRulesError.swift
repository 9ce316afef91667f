/// What is wrong with rotation rules.
///
/// RotateSecret answers each with an InvalidParameterException; the sentences stand in the
/// catalogue.
package enum RotationRulesError: Error, Sendable, Hashable, CaseIterable {
    /// AutomaticallyAfterDays and ScheduleExpression were given together.
    case daysAndExpression
    /// AutomaticallyAfterDays is outside 1–1000.
    case daysOutOfBounds
    /// The schedule expression is neither a `rate` nor a `cron` of the grammar.
    case malformedExpression
    /// A rate of no time at all or of more than 999 days.
    case rateOutOfBounds
    /// Two rotation windows would open less than four hours apart.
    case tooFrequent
    /// No calendar has such a day, as 31 February.
    case neverComes
    /// The duration is not a number of hours, as in `3h`.
    case malformedDuration
    /// The rotation window would be shorter than an hour.
    case durationTooShort
    /// The rotation window would extend into the next UTC day.
    case durationPassesMidnight
    /// The rotation window would not have closed when the next one opens.
    case durationReachesNextWindow
}
