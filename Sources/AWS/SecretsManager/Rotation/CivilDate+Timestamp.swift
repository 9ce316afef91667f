extension CivilDate {
    /// The day that a moment falls on.
    init(of moment: Timestamp) {
        self.init(dayNumber: moment.dayNumber)
    }

    /// 00:00:00 UTC of this day.
    var startOfDay: Timestamp {
        Timestamp(milliseconds: dayNumber * Timestamp.millisecondsPerDay)
    }
}

extension Timestamp {
    static let millisecondsPerHour: Int64 = 3_600_000

    /// The beginning of an hour, counted from 1970-01-01T00:00Z.
    init(hourNumber: Int64) {
        self.init(milliseconds: hourNumber * Timestamp.millisecondsPerHour)
    }

    /// The hour that this moment falls in, counted from 1970-01-01T00:00Z.
    var hourNumber: Int64 {
        milliseconds.dividedRoundingDown(by: Timestamp.millisecondsPerHour)
    }

    /// The day that this moment falls on, counted from 1970-01-01.
    var dayNumber: Int64 {
        milliseconds.dividedRoundingDown(by: Timestamp.millisecondsPerDay)
    }
}
