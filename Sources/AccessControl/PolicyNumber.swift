internal import JSON

/// A number in a condition: whole ones are compared exactly, others as binary fractions.
struct PolicyNumber: Sendable, Comparable {
    private let whole: Int64?
    private let fraction: Double

    /// Reads a number; nil when the text is none.
    init?(_ text: String) {
        guard let number = JSONNumber(text: text), let fraction = number.double else { return nil }
        whole = number.int64
        self.fraction = fraction
    }

    static func < (left: Self, right: Self) -> Bool {
        if let left = left.whole, let right = right.whole { return left < right }
        return left.fraction < right.fraction
    }

    static func == (left: Self, right: Self) -> Bool {
        if let left = left.whole, let right = right.whole { return left == right }
        return left.fraction == right.fraction
    }
}
