/// Moments as people write them: the W3C's forms of ISO 8601.
///
/// See https://www.w3.org/TR/NOTE-datetime.
extension Timestamp {
    /// Reads `2026-11-24T10:00:00Z`, with or without fractions of a second, in any zone, or
    /// `2026-11-24` for its first moment in UTC; nil for what is no such moment or lies outside the
    /// years 1970 to 9999.
    package init?(text: String) {
        let count = text.utf8.count
        guard count == "2026-11-24".utf8.count || count >= "2026-11-24T10:00:00Z".utf8.count,
            let moment = Timestamp(iso8601: text),
            (0..<Timestamp.endOfYear9999).contains(moment.milliseconds)
        else { return nil }
        self = moment
    }

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and the last with `Thh:mm`, `:ss`, `.s` and a time
    /// zone; what is finer than a millisecond does not count.
    package init?(iso8601 text: String) {
        var reader = ISO8601Reader(text)
        guard let milliseconds = reader.moment() else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// As in `2026-11-24T10:00:00.000Z`.
    package var text: String {
        var bytes: [UInt8] = []
        CalendarTime.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let endOfYear9999: Int64 = 253_402_300_800_000
}

private struct ISO8601Reader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func moment() -> Int64? {
        guard let year = number(digits: 4) else { return nil }
        var date = CivilDate(year: year, month: 1, day: 1)
        if take("-") {
            guard let month = number(digits: 2), (1...12).contains(month) else { return nil }
            date = CivilDate(year: year, month: Int(month), day: 1)
            if take("-") {
                guard let day = number(digits: 2), day >= 1,
                    day <= CivilDate.dayCount(ofMonth: date.month, in: year)
                else { return nil }
                date = CivilDate(year: year, month: date.month, day: Int(day))
                if take("T") { return timeOfDay(on: date) }
            }
        }
        return index == bytes.count ? date.startOfDay.milliseconds : nil
    }

    private mutating func timeOfDay(on date: CivilDate) -> Int64? {
        guard let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        var time = date.startOfDay.milliseconds + (hour * 60 + minute) * 60_000
        if take(":") {
            guard let second = number(digits: 2), second < 60 else { return nil }
            time += second * 1_000
            if take(".") {
                let digits = bytes[index...].prefix(while: ASCII.isDigit)
                guard !digits.isEmpty else { return nil }
                index += digits.count
                time += Timestamp.milliseconds(fromDigits: digits)
            }
        }
        guard let offset = zoneOffset(), index == bytes.count else { return nil }
        return time - offset
    }

    private mutating func zoneOffset() -> Int64? {
        if take("Z") { return 0 }
        let isBehind = take("-")
        guard isBehind || take("+"), let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        let offset = (hour * 60 + minute) * 60_000
        return isBehind ? -offset : offset
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < bytes.count, UInt32(bytes[index]) == scalar.value else { return false }
        index += 1
        return true
    }

    private mutating func number(digits: Int) -> Int64? {
        guard index + digits <= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes[index..<index + digits] {
            guard ASCII.isDigit(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        index += digits
        return value
    }
}

extension Timestamp {
    /// The first three of the digits behind a decimal point, as milliseconds.
    package static func milliseconds(fromDigits digits: some Sequence<UInt8>) -> Int64 {
        var value: Int64 = 0
        var unit: Int64 = 100
        for digit in digits {
            value += Int64(digit - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return value
    }
}
