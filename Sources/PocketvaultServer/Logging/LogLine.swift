internal import AWS
internal import Notation

/// One line of the log while it is being put together.
///
/// Whatever a client sent stands in quotes with its control characters escaped, so that no name can
/// forge a line or move the cursor of a terminal.
struct LogLine {
    private(set) var bytes: [UInt8] = []
    private let format: LogFormat

    /// A longer text is cut off: a name has 512 characters at most, but a client may send more.
    private static let maximumTextBytes = 2_048

    init(_ format: LogFormat, _ level: String, _ message: String, at time: Timestamp) {
        self.format = format
        bytes.reserveCapacity(256)
        switch format {
        case .text:
            CalendarTime.append(time, to: &bytes)
            bytes.append(UInt8(ascii: " "))
            append(level)
            bytes.append(UInt8(ascii: " "))
            if LogLine.isPlainMessage(message) { append(message) } else { appendQuoted(message) }
        case .json:
            append("{\"time\":\"")
            CalendarTime.append(time, to: &bytes)
            append("\",\"level\":\"")
            append(level)
            append("\",\"message\":")
            appendQuoted(message)
        }
    }

    /// Adds a text, when there is one.
    mutating func field(_ name: String, _ text: String?) {
        guard let text else { return }
        begin(name)
        if format == .text, LogLine.isPlain(text) { append(text) } else { appendQuoted(text) }
    }

    /// Adds a number.
    mutating func field(_ name: String, _ number: Int) {
        begin(name)
        append(String(number))
    }

    /// Adds a time span in milliseconds, with three decimals.
    mutating func field(_ name: String, microseconds: Int) {
        begin(name)
        let (whole, rest) = UInt64(max(microseconds, 0)).quotientAndRemainder(dividingBy: 1_000)
        bytes.append(decimal: whole)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: rest, digits: 3)
    }

    /// Ends the line.
    mutating func end() {
        append(format == .json ? "}\n" : "\n")
    }

    private mutating func begin(_ name: String) {
        switch format {
        case .text:
            bytes.append(UInt8(ascii: " "))
            append(name)
            bytes.append(UInt8(ascii: "="))
        case .json:
            append(",\"")
            append(name)
            append("\":")
        }
    }

    private mutating func append(_ text: String) {
        bytes.append(text: text)
    }

    /// Whether a text needs no quotes: printable ASCII without spaces, quotes, `=` and `\`.
    private static func isPlain(_ text: String) -> Bool {
        guard (1...maximumTextBytes).contains(text.utf8.count) else { return false }
        var isOtherFound: UInt8 = 0
        // Every byte rather than up to the first other one: so the compiler looks at many at a time.
        unsafe text.utf8.span.withUnsafeBufferPointer { bytes in
            for index in 0..<bytes.count {
                let byte = unsafe bytes[index]
                let isOutside: UInt8 = byte &- 0x21 > 0x7E - 0x21 ? 1 : 0
                let isQuote: UInt8 = byte == UInt8(ascii: "\"") ? 1 : 0
                let isEqualsSign: UInt8 = byte == UInt8(ascii: "=") ? 1 : 0
                let isBackslash: UInt8 = byte == UInt8(ascii: "\\") ? 1 : 0
                isOtherFound |= isOutside | isQuote | isEqualsSign | isBackslash
            }
        }
        return isOtherFound == 0
    }

    /// Messages are our own sentences, with spaces.
    private static func isPlainMessage(_ message: String) -> Bool {
        message.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var remaining = LogLine.maximumTextBytes
        for scalar in text.unicodeScalars {
            remaining -= 1
            guard remaining > 0 else {
                append("…")
                break
            }
            switch scalar {
            case "\"": append("\\\"")
            case "\\": append("\\\\")
            case "\n": append("\\n")
            case "\t": append("\\t")
            default:
                if !LogLine.mustEscape(scalar), let encoded = UTF8.encode(scalar) {
                    bytes.append(contentsOf: encoded)
                } else {
                    appendEscape(of: scalar)
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Control characters, and those that break lines or turn the direction of writing.
    private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private mutating func appendEscape(of scalar: Unicode.Scalar) {
        let digits = String(scalar.value, radix: 16)
        append("\\u")
        append(String(repeating: "0", count: 4 - digits.count))
        append(digits)
    }
}
