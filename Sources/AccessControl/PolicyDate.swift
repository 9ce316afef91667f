internal import Notation

/// A moment in a condition: one of the W3C's forms of ISO 8601, or seconds since 1970.
struct PolicyDate: Sendable, Comparable {
    /// Milliseconds since 1970; what is finer does not count.
    let milliseconds: Int64

    /// Reads a moment; nil when the text is none.
    init?(_ text: String) {
        // Four digits alone are a year, more are seconds.
        let moment = Timestamp(iso8601: text)?.milliseconds ?? epochMilliseconds(text)
        guard let moment else { return nil }
        milliseconds = moment
    }

    static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }
}

private func epochMilliseconds(_ text: String) -> Int64? {
    // Twelve digits reach beyond the year 9999 and keep the product in range.
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...12).contains(parts[0].utf8.count),
        parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(ASCII.isDigit) }),
        let seconds = Int64(parts[0])
    else { return nil }
    return seconds * 1000
        + (parts.count == 2 ? Timestamp.milliseconds(fromDigits: parts[1].utf8) : 0)
}
