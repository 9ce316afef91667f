package import JSON
package import Notation

extension Timestamp: JSONWritable {
    /// Epoch seconds with up to three decimals, as the SDKs read dates.
    package func write(to writer: inout JSONWriter) {
        writer.number(thousandths: milliseconds)
    }
}
