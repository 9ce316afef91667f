internal import Notation

/// Appends JSON to bytes, one call per token, and places the commas itself.
///
/// It trusts its caller to open and close in turn and to name members inside objects only. The pretty
/// form is the one in which AWS gives a resource policy back: members on lines of their own,
/// `"Version" : "2012-10-17"`, and the brackets of an array beside its elements.
package struct JSONWriter: Sendable {
    /// What is written so far.
    package private(set) var bytes: [UInt8] = []

    private let isPretty: Bool
    private var depth = 0
    private var previous = Token.none

    /// What was written last, as far as it decides what goes before the next token.
    private enum Token: Sendable {
        case none
        case opening
        case name
        case value
    }

    /// A writer with nothing written; `capacity` is the number of bytes that it makes room for.
    package init(pretty: Bool = false, capacity: Int = 0) {
        isPretty = pretty
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object, as the next value.
    package mutating func beginObject() {
        beforeValue()
        bytes.append(UInt8(ascii: "{"))
        depth += 1
        previous = .opening
    }

    /// Closes the object that was opened last.
    package mutating func endObject() {
        depth -= 1
        if isPretty {
            previous == .opening ? bytes.append(UInt8(ascii: " ")) : newLine()
        }
        bytes.append(UInt8(ascii: "}"))
        previous = .value
    }

    /// Opens an array, as the next value.
    package mutating func beginArray() {
        beforeValue()
        bytes.append(UInt8(ascii: "["))
        previous = .opening
    }

    /// Closes the array that was opened last.
    package mutating func endArray() {
        if isPretty { bytes.append(UInt8(ascii: " ")) }
        bytes.append(UInt8(ascii: "]"))
        previous = .value
    }

    /// Writes the name of the member whose value comes next.
    package mutating func name(_ name: String) {
        if previous == .value { bytes.append(UInt8(ascii: ",")) }
        if isPretty { newLine() }
        appendQuoted(name.utf8.span)
        if isPretty { bytes.append(UInt8(ascii: " ")) }
        bytes.append(UInt8(ascii: ":"))
        if isPretty { bytes.append(UInt8(ascii: " ")) }
        previous = .name
    }

    /// Writes a string.
    package mutating func string(_ text: String) {
        beforeValue()
        appendQuoted(text.utf8.span)
        previous = .value
    }

    /// Writes a string that is at hand as bytes, which must be UTF-8.
    package mutating func string(utf8 text: [UInt8]) {
        beforeValue()
        appendQuoted(text.span)
        previous = .value
    }

    /// Writes a whole number.
    package mutating func integer(_ value: Int64) {
        token(String(value))
    }

    /// Writes a number of thousandths as a number, with as many decimals as it needs.
    package mutating func number(thousandths: Int64) {
        beforeValue()
        let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1_000)
        if thousandths < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: whole)
        if rest != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(decimal: rest, digits: 3)
            while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
        }
        previous = .value
    }

    /// Writes a number as it was read.
    package mutating func number(_ number: JSONNumber) {
        token(number.text)
    }

    /// Writes `true` or `false`.
    package mutating func bool(_ value: Bool) {
        token(value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        token("null")
    }

    /// Writes whatever can write itself.
    package mutating func value(_ value: some JSONWritable) {
        value.write(to: &self)
    }
}

extension JSONWriter {
    private mutating func token(_ text: String) {
        beforeValue()
        bytes.append(text: text)
        previous = .value
    }

    private mutating func beforeValue() {
        switch previous {
        case .none, .name: break
        case .opening:
            if isPretty { bytes.append(UInt8(ascii: " ")) }
        case .value:
            bytes.append(UInt8(ascii: ","))
            if isPretty { bytes.append(UInt8(ascii: " ")) }
        }
    }

    private mutating func newLine() {
        bytes.append(UInt8(ascii: "\n"))
        for _ in 0..<depth {
            bytes.append(UInt8(ascii: " "))
            bytes.append(UInt8(ascii: " "))
        }
    }

    private mutating func appendQuoted(_ text: Span<UInt8>) {
        let escapes = escapeCount(in: text)
        guard escapes == 0 else { return appendEscaped(text, escapes: escapes) }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(bytes: text)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: Span<UInt8>, escapes: Int) {
        // The longest escape sequence has six bytes.
        bytes.append(addingCapacity: text.count + 5 * escapes + 2) { output in
            output.append(UInt8(ascii: "\""))
            for index in text.indices {
                let byte = text[index]
                if needsEscape(byte) {
                    appendEscape(of: byte, to: &output)
                } else {
                    output.append(byte)
                }
            }
            output.append(UInt8(ascii: "\""))
        }
    }
}

/// How many bytes need an escape.
///
/// Almost always none, which is found out first, many bytes at a time.
private func escapeCount(in text: Span<UInt8>) -> Int {
    var isAnyFound: UInt8 = 0
    // Without the checks of indices and the branches that keep the compiler from that.
    unsafe text.withUnsafeBufferPointer { bytes in
        for index in 0..<bytes.count {
            let byte = unsafe bytes[index]
            let isControl: UInt8 = byte < 0x20 ? 1 : 0
            let isQuote: UInt8 = byte == UInt8(ascii: "\"") ? 1 : 0
            let isBackslash: UInt8 = byte == UInt8(ascii: "\\") ? 1 : 0
            isAnyFound |= isControl | isQuote | isBackslash
        }
    }
    guard isAnyFound != 0 else { return 0 }
    var count = 0
    for index in text.indices {
        count += needsEscape(text[index]) ? 1 : 0
    }
    return count
}

private func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
}

private func appendEscape(of byte: UInt8, to output: inout OutputSpan<UInt8>) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case UInt8(ascii: "\n"): output.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): output.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): output.append(UInt8(ascii: "t"))
    case 0..<0x20:
        output.append(UInt8(ascii: "u"))
        output.append(UInt8(ascii: "0"))
        output.append(UInt8(ascii: "0"))
        output.append(UInt8(ascii: "0") + byte >> 4)
        let low = byte & 0x0F
        output.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    default: output.append(byte)
    }
}
