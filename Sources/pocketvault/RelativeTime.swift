internal import Notation

/// How long ago something was, for eyes.
enum RelativeTime {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000),
    ]

    /// As in `now`, `40 s ago`, `3 h ago`; what is to come is `in 2 d`, and a day of a month or more
    /// away is a date.
    static func text(of time: Timestamp, at now: Timestamp) -> String {
        let difference = now.milliseconds - time.milliseconds
        guard let unit = units.first(where: { abs(difference) >= $0.milliseconds }) else {
            return "now"
        }
        let count = abs(difference) / unit.milliseconds
        if unit.name == "d", count > 30 {
            return String(CalendarTime.secondsText(of: time).prefix(10))
        }
        return difference > 0 ? "\(count) \(unit.name) ago" : "in \(count) \(unit.name)"
    }
}
