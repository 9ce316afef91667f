/// The basic format of ISO 8601, `20260115T100000Z`, which signatures use.
extension CalendarTime {
    /// As in `20260115T100000Z`.
    package static func basicText(of time: Timestamp) -> String {
        String(
            secondsText(of: time).utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        )
    }

    /// Reads a moment written that way; nil for any other text, and for days that no month has.
    package static func moment(basicText text: String) -> Timestamp? {
        let bytes = text.utf8.span
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            let year = number(bytes, 0..<4), let month = number(bytes, 4..<6),
            let day = number(bytes, 6..<8), let hour = number(bytes, 9..<11),
            let minute = number(bytes, 11..<13), let second = number(bytes, 13..<15),
            (1...12).contains(month), day >= 1,
            day <= CivilDate.dayCount(ofMonth: month, in: Int64(year)),
            hour < 24, minute < 60, second < 60
        else { return nil }
        let date = CivilDate(year: Int64(year), month: month, day: day)
        let seconds = hour * 3_600 + minute * 60 + second
        return Timestamp(milliseconds: date.startOfDay.milliseconds + Int64(seconds) * 1_000)
    }

    private static func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var value = 0
        for place in range {
            let digit = Int(bytes[place]) - 0x30
            guard (0...9).contains(digit) else { return nil }
            value = value * 10 + digit
        }
        return value
    }
}

extension String {
    fileprivate init(_ bytes: [UInt8]) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}
