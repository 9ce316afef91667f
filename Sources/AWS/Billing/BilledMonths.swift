internal import Notation

/// The hours of a stretch of time as shares of their months, exactly.
///
/// A price of a month is prorated by the hour, and months have four lengths. So shares are counted in
/// a unit that all of them divide.
struct BilledMonths: Equatable {
    /// Parts of a month; `unit` of them are a whole one.
    private(set) var parts: Int64 = 0
    private(set) var hours: Int64 = 0

    /// A common multiple of the hours of 28, 29, 30 and 31 days.
    static let unit: Int64 = 9_061_920

    /// A whole month, whichever.
    static let whole = BilledMonths(parts: unit, hours: 0)

    private init(parts: Int64, hours: Int64) {
        self.parts = parts
        self.hours = hours
    }

    /// The hours from `start` on that are begun before `end`.
    init(from start: Timestamp, until end: Timestamp) {
        var start = start
        while start < end {
            let date = CivilDate(of: start)
            let nextMonth = CivilDate(
                year: date.month == 12 ? date.year + 1 : date.year,
                month: date.month % 12 + 1,
                day: 1
            ).startOfDay
            let length = min(nextMonth, end).milliseconds - start.milliseconds
            let begun = (length + Timestamp.millisecondsPerHour - 1) / Timestamp.millisecondsPerHour
            let ofMonth = Int64(CivilDate.dayCount(ofMonth: date.month, in: date.year)) * 24
            hours += begun
            parts += begun * (BilledMonths.unit / ofMonth)
            start = nextMonth
        }
    }

    /// What so many parts of a month's price are, rounded half up to a cent.
    func cents(ofMonthlyCents price: Int64) -> Int64 {
        (price * parts * 2 + BilledMonths.unit) / (BilledMonths.unit * 2)
    }
}
