/// A moment in a condition: one of the W3C's forms of ISO 8601, or seconds since 1970.
///
/// See https://www.w3.org/TR/NOTE-datetime.
struct PolicyDate: Sendable, Comparable {
    /// Milliseconds since 1970; what is finer does not count.
    let milliseconds: Int64

    /// Reads a moment; nil when the text is none.
    init?(_ text: String) {
        var reader = DateReader(text)
        // Four digits alone are a year, more are seconds.
        guard let milliseconds = reader.calendarDate() ?? epochMilliseconds(text) else {
            return nil
        }
        self.milliseconds = milliseconds
    }

    static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

private func epochMilliseconds(_ text: String) -> Int64? {
    // Twelve digits reach beyond the year 9999 and keep the product in range.
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...12).contains(parts[0].utf8.count),
        parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }),
        let seconds = Int64(parts[0])
    else { return nil }
    return seconds * 1000 + (parts.count == 2 ? milliseconds(fromDigits: parts[1].utf8) : 0)
}

/// The first three of the digits behind a decimal point.
private func milliseconds(fromDigits digits: some Sequence<UInt8>) -> Int64 {
    var value: Int64 = 0
    var unit: Int64 = 100
    for digit in digits {
        value += Int64(digit - UInt8(ascii: "0")) * unit
        unit /= 10
    }
    return value
}

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and the last with `Thh:mm`, `:ss`, `.s` and a time zone.
private struct DateReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func calendarDate() -> Int64? {
        guard let year = number(digits: 4) else { return nil }
        var month: Int64 = 1
        var day: Int64 = 1
        if take("-") {
            guard let read = number(digits: 2), (1...12).contains(read) else { return nil }
            month = read
            if take("-") {
                guard let read = number(digits: 2), read >= 1,
                    read <= lastDay(ofMonth: month, in: year)
                else { return nil }
                day = read
                if take("T") { return timeOfDay(on: daysSince1970(year, month, day)) }
            }
        }
        return index == bytes.count ? daysSince1970(year, month, day) * 86_400_000 : nil
    }

    private mutating func timeOfDay(on day: Int64) -> Int64? {
        guard let hour = number(digits: 2), hour < 24, take(":"),
            let minute = number(digits: 2), minute < 60
        else { return nil }
        var time = (day * 24 + hour) * 3_600_000 + minute * 60_000
        if take(":") {
            guard let second = number(digits: 2), second < 60 else { return nil }
            time += second * 1000
            if take(".") {
                let digits = bytes[index...].prefix(while: isDigit)
                guard !digits.isEmpty else { return nil }
                index += digits.count
                time += milliseconds(fromDigits: digits)
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
            guard isDigit(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        index += digits
        return value
    }
}

private func lastDay(ofMonth month: Int64, in year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
}

/// Days between 1970-01-01 and a day of the Gregorian calendar.
private func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    // Years that begin in March have the leap day at their end.
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    // The year before 0 is the only negative one that gets here.
    let leapDays = year < 0 ? -1 : year / 4 - year / 100 + year / 400
    return year * 365 + leapDays + dayOfYear - 719_468
}
