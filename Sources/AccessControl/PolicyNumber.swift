internal import JSON
internal import Notation

/// A number in a condition: whole ones are compared exactly, others as binary fractions.
struct PolicyNumber: Sendable, Comparable {
    private let whole: Int64?
    private let fraction: Double

    /// Reads a number; nil when the text is none.
    ///
    /// A plus sign, zeros in front, and a point without digits on one of its sides do no harm.
    init?(_ text: String) {
        guard let number = JSONNumber(text: jsonText(of: text)), let fraction = number.double
        else { return nil }
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

/// A number as JSON would have it; what is none stays none.
private func jsonText(of text: String) -> String {
    var rest = text.utf8[...]
    let sign = rest.first == UInt8(ascii: "-") ? "-" : ""
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    let whole = rest.prefix(while: ASCII.isDigit)
    rest = rest[whole.endIndex...]
    var fraction = rest.prefix(0)
    let hasPoint = rest.first == UInt8(ascii: ".")
    if hasPoint {
        fraction = rest.dropFirst().prefix(while: ASCII.isDigit)
        rest = rest[fraction.endIndex...]
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return "" }
    let digits = whole.drop { $0 == UInt8(ascii: "0") }
    return sign + (digits.isEmpty ? "0" : String(Substring(digits)))
        + (fraction.isEmpty ? "" : ".\(Substring(fraction))") + String(Substring(rest))
}
