extension CalendarTime {
    /// From the day of the week on which time began.
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// As in `Thu, 15 Jan 2026 10:00:00 GMT`.
    ///
    /// [IMF-fixdate](https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats)
    package static func httpText(of time: Timestamp) -> String {
        let text = secondsText(of: time)
        let date = CivilDate(of: time)
        let day = days[Int((time.dayNumber % 7 + 7) % 7)]
        let parts = text.split { "-TZ".contains($0) }
        return "\(day), \(parts[2]) \(months[date.month - 1]) \(parts[0]) \(parts[3]) GMT"
    }

    /// Reads `Thu, 15 Jan 2026 10:00:00 GMT`, as a `Date` header has it, with `-0000` for GMT as
    /// Python writes it; nil for anything else.
    ///
    /// [HTTP-date](https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats)
    package static func moment(httpText text: String) -> Timestamp? {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].utf8.count == 4, parts[0].hasSuffix(","),
            ["GMT", "-0000"].contains(parts[5]), let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false).joined()
        return moment(basicText: "\(parts[3])\(number)\(parts[1])T\(time)Z")
    }
}
