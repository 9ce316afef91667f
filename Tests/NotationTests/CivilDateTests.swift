import Notation
import TestSupport
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test("every day of 1970–2199 is the day that counting finds, and has its weekday")
    func countedDays() {
        var wrong: [String] = []
        for (number, day) in SlowCalendar.days.enumerated() {
            let date = CivilDate(dayNumber: Int64(number))
            let isSame =
                date == CivilDate(year: Int64(day.year), month: day.month, day: day.day)
                && date.weekday == day.weekday && date.dayNumber == Int64(number)
                && day.isLastOfMonth
                    == (day.day == CivilDate.dayCount(ofMonth: day.month, in: date.year))
            if !isSame { wrong.append(SlowCalendar.text(day)) }
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "days before 1970 and far away have their dates too",
        arguments: [
            (-1, 1969, 12, 31), (-719_468, 0, 3, 1), (-719_469, 0, 2, 29), (-719_528, 0, 1, 1),
            (-719_529, -1, 12, 31), (-25_509, 1900, 2, 28), (-25_508, 1900, 3, 1),
            (2_932_896, 9999, 12, 31), (2_932_897, 10_000, 1, 1),
        ] as [(Int64, Int64, Int, Int)]
    )
    func farDays(number: Int64, year: Int64, month: Int, day: Int) {
        let date = CivilDate(dayNumber: number)
        #expect(date == CivilDate(year: year, month: month, day: day))
        #expect(date.dayNumber == number)
    }

    @Test("the calendar repeats itself after 400 years, weekdays too")
    func repetition() {
        for number in stride(from: Int64(-400_000), through: 400_000, by: 97) {
            let date = CivilDate(dayNumber: number)
            let later = CivilDate(dayNumber: number + 146_097)
            #expect(later == CivilDate(year: date.year + 400, month: date.month, day: date.day))
            #expect(later.weekday == date.weekday)
        }
    }

    @Test(
        "a moment falls on the day and the hour that it is in, before 1970 too",
        arguments: [
            (0, 1970, 1, 1, 0), (-1, 1969, 12, 31, -1), (86_399_999, 1970, 1, 1, 23),
            (86_400_000, 1970, 1, 2, 24), (-3_600_000, 1969, 12, 31, -1),
            (-3_600_001, 1969, 12, 31, -2), (951_782_400_000, 2000, 2, 29, 264_384),
        ] as [(Int64, Int64, Int, Int, Int64)]
    )
    func moments(milliseconds: Int64, year: Int64, month: Int, day: Int, hour: Int64) {
        let moment = Timestamp(milliseconds: milliseconds)
        let date = CivilDate(of: moment)
        #expect(date == CivilDate(year: year, month: month, day: day))
        #expect(date.startOfDay == moment.startOfDay)
        #expect(moment.hourNumber == hour)
    }

    @Test("even the first and the last moment there is have a date", arguments: [Int64.min, .max])
    func extremes(milliseconds: Int64) {
        let moment = Timestamp(milliseconds: milliseconds)
        #expect(CivilDate(of: moment).dayNumber == moment.dayNumber)
    }
}
