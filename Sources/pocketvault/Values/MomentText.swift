internal import Notation

/// Moments as commands print them: `2026-11-24T10:00:00Z`.
enum MomentText {
    /// - Parameter seconds: since 1970.
    /// - Returns: nil for what no calendar holds.
    static func of(seconds: Double) -> String? {
        moment(seconds: seconds).map(CalendarTime.secondsText)
    }

    /// - Parameter seconds: since 1970.
    /// - Returns: nil for what no calendar holds.
    static func moment(seconds: Double) -> Timestamp? {
        guard abs(seconds) < 253_402_300_800 else { return nil }
        return Timestamp(milliseconds: Int64((seconds * 1_000).rounded()))
    }
}
