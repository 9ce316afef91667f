package import JSON

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

extension Timestamp: JSONWritable {
    /// Epoch seconds with up to three decimals, as the SDKs read dates.
    package func write(to writer: inout JSONWriter) {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        guard rest != 0 else {
            writer.integer(seconds)
            return
        }
        var digits = String(rest.magnitude)
        digits = String(repeating: "0", count: 3 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        let sign = milliseconds < 0 && seconds == 0 ? "-" : ""
        writer.number(text: "\(sign)\(seconds).\(digits)")
    }
}
