import Notation
import Testing

@Suite struct CalendarTimeTests {
    private static let moment = Timestamp(milliseconds: 1_768_471_200_007)

    @Test func `A moment has four spellings`() {
        var bytes: [UInt8] = []
        CalendarTime.append(Self.moment, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "2026-01-15T10:00:00.007Z")
        #expect(Self.moment.text == "2026-01-15T10:00:00.007Z")
        #expect(CalendarTime.secondsText(of: Self.moment) == "2026-01-15T10:00:00Z")
        #expect(CalendarTime.basicText(of: Self.moment) == "20260115T100000Z")
    }

    @Test(arguments: ["19700101T000000Z", "20000229T235959Z", "20260115T100000Z"])
    func `The basic format is read as it is written`(text: String) throws {
        let moment = try #require(CalendarTime.moment(basicText: text))
        #expect(CalendarTime.basicText(of: moment) == text)
    }

    @Test(
        arguments: [
            "", "20260115", "20260115T100000", "20260115 100000Z", "20260229T100000Z",
            "20261301T100000Z", "20260132T100000Z", "20260100T100000Z", "20260115T240000Z",
            "20260115T106000Z", "20260115T100060Z", "2026011xT100000Z", "20260115T100000z",
            "２0260115T100000Z",
        ]
    )
    func `What is no day or no time of a day is not read`(text: String) {
        #expect(CalendarTime.moment(basicText: text) == nil)
    }

    @Test(arguments: ["Thu, 15 Jan 2026 10:00:00 GMT", "Thu, 15 Jan 2026 10:00:00 -0000"])
    func `A Date header is read`(text: String) throws {
        let moment = try #require(CalendarTime.moment(httpText: text))
        #expect(CalendarTime.basicText(of: moment) == "20260115T100000Z")
    }

    @Test(
        arguments: [
            "15 Jan 2026 10:00:00 GMT", "Thu, 15 Jan 2026 10:00:00 CET",
            "Thu, 15 Foo 2026 10:00:00 GMT", "Thu, 1 Jan 2026 10:00:00 GMT", "",
        ]
    )
    func `Another text is no Date header`(text: String) {
        #expect(CalendarTime.moment(httpText: text) == nil)
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_709_251_199_999, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (1_793_664_000_000, "Tue, 03 Nov 2026 00:00:00 GMT"),
    ])
    func `A moment is written as HTTP has it`(milliseconds: Int64, text: String) {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(CalendarTime.httpText(of: time) == text)
    }

    @Test(
        arguments: [
            (1_700_000_000_123, 1_699_920_000_000), (1_699_920_000_000, 1_699_920_000_000),
            (-1, -86_400_000),
        ] as [(Int64, Int64)]
    )
    func `The start of a day is 00:00 UTC, before 1970 too`(milliseconds: Int64, start: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).startOfDay.milliseconds == start)
    }
}
