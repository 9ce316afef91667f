package import JSON
package import Notation

extension Timestamp: JSONWritable {
    /// Epoch seconds with up to three decimals, as the SDKs read dates.
    package func write(to writer: inout JSONWriter) {
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        guard rest != 0 else {
            writer.integer(seconds)
            return
        }
        var digits = String(rest.magnitude)
        digits = String(repeating: "0", count: 3 - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        let sign = milliseconds < 0 && seconds == 0 ? "-" : ""
        writer.number(text: "\(sign)\(seconds).\(digits)")
    }
}
