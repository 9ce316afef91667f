extension CalendarTime {
    /// As Java writes a date for Americans: `Sep 26, 2026, 7:29:54 PM`, in UTC.
    package static func javaText(of time: Timestamp) -> String {
        let date = CivilDate(of: time)
        let second = time.millisecondOfDay / 1_000
        let hour = second / 3_600
        let rest = [second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(months[date.month - 1]) \(date.day), \(date.year),"
            + " \((hour + 11) % 12 + 1):\(rest[0]):\(rest[1]) \(hour < 12 ? "AM" : "PM")"
    }
}
