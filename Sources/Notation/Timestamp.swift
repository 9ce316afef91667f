/// A moment, in milliseconds since the Unix epoch, UTC.
///
/// Secrets Manager keeps milliseconds and no finer: clients compare dates at that precision.
package struct Timestamp: Sendable, Hashable, Comparable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The moment `days` whole days later.
    package func adding(days: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + days * Timestamp.millisecondsPerDay)
    }

    /// 00:00:00 UTC of the same day: what LastAccessedDate shows.
    package var startOfDay: Timestamp {
        let day = Timestamp.millisecondsPerDay
        let (quotient, remainder) = milliseconds.quotientAndRemainder(dividingBy: day)
        return Timestamp(milliseconds: (remainder < 0 ? quotient - 1 : quotient) * day)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package static let millisecondsPerDay: Int64 = 86_400_000
}
