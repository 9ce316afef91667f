/// The fields of `application/x-www-form-urlencoded` text: a query string, or a form's body.
package struct FormFields: Sendable {
    /// In their order.
    package let fields: [(name: String, value: String)]

    /// Reads the text of a query or a body.
    package init(_ text: some Sequence<UInt8>) {
        fields = Array(text).split(separator: UInt8(ascii: "&")).map { field in
            let parts = field.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return (
                name: FormFields.decoded(parts[0]),
                value: parts.count > 1 ? FormFields.decoded(parts[1]) : ""
            )
        }
    }

    /// The value of the first field of this name.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// A percent sign that two hexadecimal digits do not follow stands for itself.
    private static func decoded(_ text: ArraySlice<UInt8>) -> String {
        let spaced = text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        let bytes = PercentEncoding.decode(spaced, malformed: .kept) ?? spaced
        return String(decoding: bytes, as: UTF8.self)
    }
}
