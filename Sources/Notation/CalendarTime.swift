/// Writes moments as RFC 3339 has them, in UTC, without Foundation's formatters: a line of the log
/// for every request has no time for those.
package enum CalendarTime {
    /// As English shortens them.
    static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Appends as in `2026-11-23T10:00:00.000Z`.
    package static func append(_ time: Timestamp, to bytes: inout [UInt8]) {
        appendSeconds(of: time, to: &bytes)
        bytes.append(UInt8(ascii: "."))
        append(time.millisecondOfDay % 1_000, digits: 3, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// As in `2026-11-23T10:00:00Z`, which is what CloudTrail and IAM write.
    package static func secondsText(of time: Timestamp) -> String {
        var bytes: [UInt8] = []
        appendSeconds(of: time, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func appendSeconds(of time: Timestamp, to bytes: inout [UInt8]) {
        let date = CivilDate(of: time)
        let rest = time.millisecondOfDay
        append(Int(date.year), digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.month, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        append(date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        append(rest / 3_600_000, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest / 60_000 % 60, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(rest / 1_000 % 60, digits: 2, to: &bytes)
    }

    private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Timestamp {
    var millisecondOfDay: Int {
        Int(milliseconds - dayNumber * Timestamp.millisecondsPerDay)
    }
}
