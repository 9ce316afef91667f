/// Feeds the parser of schedule expressions what libFuzzer thinks of, and ends the process where a
/// promise is broken.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSchedule(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    // The expression alone, and as the argument of both kinds, so that less is thrown away.
    for expression in [text, "rate(\(text))", "cron(0 \(text) *)", "cron(0 8 \(text) *)"] {
        do throws(RotationRulesError) {
            let schedule = try RotationSchedule(expression)
            precondition(schedule.text == expression, "the expression is not kept")
            checkOpenings(of: schedule.recurrence)
            checkDurations(of: schedule.recurrence)
        } catch {
            checkReason(error, of: expression)
        }
    }
    return 0
}

/// Windows open later and later, at least four hours apart, until the year 9999 ends.
private func checkOpenings(of recurrence: RotationRecurrence) {
    // 2026-02-03, 2099-12-31 and 9999-12-01.
    for day: Int64 in [20_487, 47_481, 2_932_866] {
        var hour = day * 24 + 10
        var previous: Int64?
        for _ in 0..<8 {
            let opening = recurrence.opening(
                after: hour,
                baseDay: hour.dividedRoundingDown(by: 24),
                rulesDay: day
            )
            guard let opening else {
                precondition(day == 2_932_866, "no window opens")
                break
            }
            precondition(opening > hour, "a window opens in the past")
            if let previous { precondition(opening - previous >= 4, "windows too close together") }
            previous = opening
            hour = opening
        }
    }
}

/// There is a duration for every schedule, and it ends on its day.
private func checkDurations(of recurrence: RotationRecurrence) {
    precondition((1...24).contains(recurrence.hoursToMidnight), "a window without an hour")
    let gap = recurrence.gapWithinDay ?? 24
    precondition((4...24).contains(gap), "windows too close together")
    precondition((recurrence.defaultDurationHours ?? 1) < gap, "the default is no duration")
}

/// Only an expression of the grammar is refused for what it says.
private func checkReason(_ error: RotationRulesError, of expression: String) {
    let isShort = expression.utf8.count < 12
    precondition(!isShort || error != .neverComes, "too short to say so")
    if expression.hasPrefix("rate(") { precondition(error != .neverComes, "a rate always comes") }
    if expression.hasPrefix("cron(") {
        precondition(error != .rateOutOfBounds, "a cron expression is no rate")
    }
}
