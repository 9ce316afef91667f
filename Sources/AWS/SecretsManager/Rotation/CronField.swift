internal import Notation

/// One field of a cron expression: which numbers it may hold, and by which names.
struct CronField: Sendable {
    let bounds: ClosedRange<Int>
    /// Names of the numbers, from the lowest one on.
    let names: [String]

    static let hours = CronField(bounds: 0...23, names: [])
    static let daysOfMonth = CronField(bounds: 1...31, names: [])
    static let months = CronField(
        bounds: 1...12,
        names: [
            "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
        ]
    )
    static let daysOfWeek = CronField(
        bounds: 1...7,
        names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
    )

    /// What a list of numbers, names, ranges and steps stands for.
    func numbers(_ list: Substring) throws(RotationRulesError) -> NumberSet {
        var numbers = NumberSet()
        for element in elements(list) { numbers.formUnion(try self.element(element)) }
        return numbers
    }

    /// The elements of a list; an empty one is kept, and is no number.
    func elements(_ list: Substring) -> [Substring] {
        list.split(separator: ",", omittingEmptySubsequences: false)
    }

    /// One of `*`, `a`, `a-b`, `*/n`, `/n`, `a/n` and `a-b/n`.
    func element(_ text: Substring) throws(RotationRulesError) -> NumberSet {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return NumberSet(try range(text, isStepped: false)) }
        guard let step = Int(digits: parts[1]) else { throw .malformedExpression }
        guard (1...bounds.upperBound).contains(step) else { throw .malformedExpression }
        let range = try range(parts[0], isStepped: true)
        return NumberSet(stride(from: range.lowerBound, through: range.upperBound, by: step))
    }

    /// A number of the field, or one of its names.
    func number(_ text: Substring) throws(RotationRulesError) -> Int {
        if let index = names.firstIndex(where: { $0 == text }) { return bounds.lowerBound + index }
        guard let number = Int(digits: text), bounds.contains(number) else {
            throw .malformedExpression
        }
        return number
    }

    /// What steps are counted in: one number alone then begins a range without an end, and
    /// nothing at all is the whole field.
    private func range(
        _ text: Substring,
        isStepped: Bool
    ) throws(RotationRulesError) -> ClosedRange<Int> {
        if text == "*" || text.isEmpty && isStepped { return bounds }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try number(ends[0])
        guard ends.count == 2 else { return first...(isStepped ? bounds.upperBound : first) }
        let last = try number(ends[1])
        guard first <= last else { throw .malformedExpression }
        return first...last
    }
}

extension Int {
    /// One to six decimal digits and nothing else: no sign, no space.
    init?(digits text: Substring) {
        guard (1...6).contains(text.utf8.count) else { return nil }
        var number = 0
        for byte in text.utf8 {
            guard ASCII.isDigit(byte) else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self = number
    }
}
