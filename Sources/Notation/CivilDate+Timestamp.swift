extension CivilDate {
    /// The day that a moment falls on.
    package init(of moment: Timestamp) {
        self.init(dayNumber: moment.dayNumber)
    }

    /// 00:00:00 UTC of this day.
    package var startOfDay: Timestamp {
        Timestamp(milliseconds: dayNumber * Timestamp.millisecondsPerDay)
    }
}

extension Timestamp {
    package static let millisecondsPerHour: Int64 = 3_600_000

    /// The beginning of an hour, counted from 1970-01-01T00:00Z.
    package init(hourNumber: Int64) {
        self.init(milliseconds: hourNumber * Timestamp.millisecondsPerHour)
    }

    /// The hour that this moment falls in, counted from 1970-01-01T00:00Z.
    package var hourNumber: Int64 {
        milliseconds.dividedRoundingDown(by: Timestamp.millisecondsPerHour)
    }

    /// The day that this moment falls on, counted from 1970-01-01.
    package var dayNumber: Int64 {
        milliseconds.dividedRoundingDown(by: Timestamp.millisecondsPerDay)
    }
}
