/// A JSON number, kept as the text it was written with, so that nothing is lost on the way through.
///
/// Two numbers are equal when their texts are: `5` and `5.0` are not.
package struct JSONNumber: Sendable, Equatable {
    /// The number as the document has it.
    package let text: String

    /// A number with the plainest text.
    package init(_ value: Int64) {
        text = String(value)
    }

    /// A number with this text; nil when JSON has no such number.
    package init?(text: String) {
        var reader = JSONReader(limits: JSONParser.Limits())
        let bytes = text.utf8.span
        guard let number = try? reader.number(in: bytes), reader.index == bytes.count else {
            return nil
        }
        self = number
    }

    /// A number whose text the reader has seen to be one.
    init(checkedText text: String) {
        self.text = text
    }

    /// Whether a minus sign leads: an integer out of range lies below it then, and above it if not.
    package var isNegative: Bool {
        text.utf8.first == UInt8(ascii: "-")
    }

    /// The value when it is whole (`5`, `5.0` and `50e-1` are) and fits, else nil.
    package var int64: Int64? {
        let part = integerPart
        return part.isWhole ? part.value : nil
    }

    /// The value without its fraction, as AWS takes an integer: 1.5 is 1; nil when it does not fit.
    package var truncated: Int64? {
        integerPart.value
    }

    /// The nearest binary fraction; nil when the number is beyond the largest one.
    package var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}

extension JSONNumber {
    /// The part before the decimal point once the exponent has moved it.
    private var integerPart: (value: Int64?, isWhole: Bool) {
        let bytes = text.utf8.span
        let shape = Shape(of: bytes)
        let integerDigits = shape.integerDigits
        var seen = 0
        // Summed up below zero, where there is room for one more than above.
        var negated: Int64? = 0
        var isWhole = true
        for index in 0..<shape.mantissaEnd {
            guard let digit = decimalDigit(bytes[index]) else { continue }
            if seen < integerDigits {
                negated = negated.flatMap { appending(digit, to: $0) }
            } else if digit != 0 {
                isWhole = false
            }
            seen += 1
        }
        // Zeros that only the exponent asks for: nothing but zero survives twenty of them, so the
        // loop is short however great the exponent is.
        while seen < integerDigits, let value = negated, value != 0 {
            negated = appending(0, to: value)
            seen += 1
        }
        guard let negated else { return (nil, isWhole) }
        if isNegative { return (negated, isWhole) }
        return (negated == .min ? nil : -negated, isWhole)
    }

    private func appending(_ digit: Int64, to negated: Int64) -> Int64? {
        let (product, productOverflows) = negated.multipliedReportingOverflow(by: 10)
        let (difference, differenceOverflows) = product.subtractingReportingOverflow(digit)
        return productOverflows || differenceOverflows ? nil : difference
    }

    /// Where the parts of a number's text are.
    private struct Shape {
        /// The offset at which the digits and the point end.
        var mantissaEnd = 0
        /// How many of the digits are before the point after the exponent has moved it.
        var integerDigits = 0

        init(of bytes: Span<UInt8>) {
            var hasPoint = false
            while mantissaEnd < bytes.count, bytes[mantissaEnd] | 0x20 != UInt8(ascii: "e") {
                if bytes[mantissaEnd] == UInt8(ascii: ".") { hasPoint = true }
                if !hasPoint, decimalDigit(bytes[mantissaEnd]) != nil { integerDigits += 1 }
                mantissaEnd += 1
            }
            // Far beyond the number of digits that a text in memory can have.
            let greatest = 1 << 48
            var exponent = 0
            var isNegative = false
            for index in mantissaEnd..<bytes.count {
                if bytes[index] == UInt8(ascii: "-") { isNegative = true }
                guard let digit = decimalDigit(bytes[index]) else { continue }
                exponent = min(greatest, exponent * 10 + Int(digit))
            }
            integerDigits += isNegative ? -exponent : exponent
        }
    }
}

/// The value of an ASCII digit; nil for any other byte.
private func decimalDigit(_ byte: UInt8) -> Int64? {
    let digit = byte &- UInt8(ascii: "0")
    return digit < 10 ? Int64(digit) : nil
}
