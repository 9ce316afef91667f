internal import JSON
internal import Notation

/// JSON values as ECS's agent prints them into variables: in the form that Go calls `%v`.
///
/// [fmt](https://pkg.go.dev/fmt)
enum GoText {
    static func of(_ value: JSONValue) -> String {
        switch value {
        case .null: "<nil>"
        case .bool(let flag): flag ? "true" : "false"
        case .string(let text): text
        case .number(let number): number.double.map(of) ?? number.text
        case .array(let elements):
            "[" + elements.map(of).joined(separator: " ") + "]"
        case .object(let object):
            "map["
                + object.members.sorted { $0.name < $1.name }
                .map { "\($0.name):\(of($0.value))" }.joined(separator: " ") + "]"
        }
    }

    /// The fewest digits that mean the number, with an exponent from a million on and below a
    /// ten-thousandth: to Go every number of JSON is a floating-point one.
    private static func of(_ number: Double) -> String {
        let (isNegative, digits, exponent) = decimal(number)
        let text =
            (-4..<6).contains(exponent)
            ? plain(digits, exponent) : scientific(digits, exponent)
        return (isNegative ? "-" : "") + text
    }

    private static func plain(_ digits: String, _ exponent: Int) -> String {
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + digits }
        let whole = digits.prefix(exponent + 1)
        let zeros = String(repeating: "0", count: exponent + 1 - whole.count)
        let fraction = digits.dropFirst(exponent + 1)
        return whole + zeros + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        let fraction = digits.dropFirst()
        let power = String(exponent.magnitude)
        return digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
            + "e" + (exponent < 0 ? "-" : "+") + (power.count < 2 ? "0" + power : power)
    }

    /// The shortest digits, without zeros at their end, and the power of ten of the first.
    private static func decimal(_ number: Double) -> (Bool, String, Int) {
        var text = number.magnitude.description
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = String(text[..<mark])
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0]
        var digits = whole + (parts.count > 1 ? parts[1] : "")
        exponent += whole.count - 1
        while digits.count > 1, digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let isZero = digits == "0"
        return (number.sign == .minus, String(digits), isZero ? 0 : exponent)
    }
}
