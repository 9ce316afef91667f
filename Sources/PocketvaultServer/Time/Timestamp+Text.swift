internal import AWS
internal import FoundationEssentials

extension Timestamp {
    /// Reads `2026-11-24T10:00:00Z`, with or without milliseconds, in any zone; nil for what is no
    /// such moment or lies outside the years 1970 to 9999.
    init?(text: String) {
        let plain = Date.ISO8601FormatStyle()
        let date =
            (try? plain.parse(text))
            ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
        // Foundation takes the 30th of February for the 2nd of March.
        let day = String(text.prefix(10).filter { $0 != "-" })
        guard let date, CalendarTime.moment(basicText: "\(day)T000000Z") != nil else { return nil }
        let seconds = date.timeIntervalSince1970
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        self.init(milliseconds: Int64((seconds * 1_000).rounded()))
    }

    /// As in `2026-11-24T10:00:00.000Z`.
    var text: String {
        var bytes: [UInt8] = []
        CalendarTime.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
