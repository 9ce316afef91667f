/// A length of time as ISO 8601 writes it, `P31D`, `PT1H30M`, `P1DT12H`, `P2W`, or as people do,
/// `31d`, `1h30m`, `2w`, in milliseconds.
///
/// Without years and months, whose length depends on the calendar.
struct TimeSpan: Sendable, Equatable {
    let milliseconds: Int64

    /// A hundred years: more than any window or schedule takes.
    private static let longest: Int64 = 36_525 * 86_400_000

    /// Nil for what is no length of time, or is one beyond a hundred years.
    init?(_ text: String) {
        var rest = text[...]
        guard rest.popFirst() == "P" else {
            let units = TimeSpan.dateUnits + TimeSpan.timeUnits
            guard !text.isEmpty, text.allSatisfy({ $0.isNumber || $0.isLowercase }),
                let total = TimeSpan.sum(Substring(text.uppercased()), units),
                total <= TimeSpan.longest
            else { return nil }
            milliseconds = total
            return
        }
        guard !rest.isEmpty, rest != "T" else { return nil }
        let parts = rest.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let days = TimeSpan.sum(parts[0], TimeSpan.dateUnits) else { return nil }
        var total = days
        if parts.count == 2 {
            guard !parts[1].isEmpty, let time = TimeSpan.sum(parts[1], TimeSpan.timeUnits) else {
                return nil
            }
            total += time
        }
        guard total <= TimeSpan.longest else { return nil }
        milliseconds = total
    }

    private static let dateUnits: [(Character, Int64)] = [("W", 604_800_000), ("D", 86_400_000)]
    private static let timeUnits: [(Character, Int64)] = [
        ("H", 3_600_000), ("M", 60_000), ("S", 1_000),
    ]

    /// Numbers with their units, each unit once and the larger before the smaller.
    private static func sum(_ text: Substring, _ units: [(Character, Int64)]) -> Int64? {
        var rest = text
        var units = units[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            guard digits.count <= 12, let number = Int64(digits), let unit = rest.popFirst(),
                let place = units.firstIndex(where: { $0.0 == unit })
            else { return nil }
            let (product, overflows) = number.multipliedReportingOverflow(by: units[place].1)
            guard !overflows, product <= longest else { return nil }
            total += product
            units = units[(place + 1)...]
        }
        return total
    }
}
