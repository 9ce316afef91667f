internal import Notation

/// The header fields of a request, in their order.
///
/// The bytes are copied once and a `String` is made of a field only when it is asked for: most
/// fields of most requests are never looked at.
package final class HTTPHeaders: Sendable {
    /// Where a field lies in the bytes; the value may end in white space.
    struct Field {
        var nameStart: UInt32
        var nameEnd: UInt32
        var valueStart: UInt32
        var valueEnd: UInt32
    }

    let bytes: [UInt8]
    let index: [Field]

    /// Takes fields that were found in bytes.
    init(bytes: [UInt8], index: [Field]) {
        self.bytes = bytes
        self.index = index
    }

    /// Makes headers of pairs, as a test or a tool would write them.
    package convenience init(_ fields: [(name: String, value: String)] = []) {
        var bytes: [UInt8] = []
        var index: [Field] = []
        for (name, value) in fields {
            let nameStart = UInt32(bytes.count)
            bytes.append(contentsOf: name.utf8)
            let valueStart = UInt32(bytes.count)
            bytes.append(contentsOf: value.utf8)
            index.append(
                Field(
                    nameStart: nameStart,
                    nameEnd: valueStart,
                    valueStart: valueStart,
                    valueEnd: UInt32(bytes.count)
                )
            )
        }
        self.init(bytes: bytes, index: index)
    }

    /// The value of the first field of that name; ASCII case does not matter.
    package subscript(name: String) -> String? {
        first(name).map(value)
    }

    /// Whether the first field of that name has a value, to the byte.
    package func has(_ name: String, _ value: String) -> Bool {
        withValue(of: name) { $0.isText(value) } ?? false
    }

    /// Lends `body` the bytes of the first value of that name; nil when there is none.
    package func withValue<Result>(
        of name: String,
        _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        guard let field = first(name) else { return nil }
        // A span can be lent by a variable, and not by an object's property.
        let bytes = bytes
        return body(bytes.span.extracting(place(ofValue: field)))
    }

    /// Gives `body` the bytes of each value of that name, in their order.
    package func forEachValue(of name: String, _ body: (Span<UInt8>) -> Void) {
        let wanted = name.utf8.span
        let bytes = bytes
        for place in index.indices where matches(index[place], wanted) {
            let field = index[place]
            body(bytes.span.extracting(Int(field.valueStart)..<Int(field.valueEnd)))
        }
    }

    /// Whether the name of each field that begins so is, put in small letters, among others; true when
    /// there is no such field.
    package func areAll(withPrefix prefix: String, among names: [String]) -> Bool {
        let prefix = prefix.utf8.span
        let bytes = bytes
        for place in index.indices where begins(index[place], with: prefix) {
            let field = index[place]
            let name = bytes.span.extracting(Int(field.nameStart)..<Int(field.nameEnd))
            var isAmong = false
            for other in names where name.isText(inSmallLetters: other) { isAmong = true }
            guard isAmong else { return false }
        }
        return true
    }

    /// All fields, names as sent, values without white space around them.
    package var fields: [(name: String, value: String)] {
        index.map { field in
            (
                name: String(
                    decoding: bytes[Int(field.nameStart)..<Int(field.nameEnd)],
                    as: UTF8.self
                ),
                value: value(field)
            )
        }
    }

    private func first(_ name: String) -> Field? {
        let wanted = name.utf8.span
        // Who goes through places does not retain the array.
        for place in index.indices where matches(index[place], wanted) { return index[place] }
        return nil
    }

    private func value(_ field: Field) -> String {
        String(decoding: bytes[place(ofValue: field)], as: UTF8.self)
    }

    /// Where a value is, without the white space behind it.
    private func place(ofValue field: Field) -> Range<Int> {
        var end = Int(field.valueEnd)
        while end > Int(field.valueStart), bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 {
            end -= 1
        }
        return Int(field.valueStart)..<end
    }

    private func matches(_ field: Field, _ wanted: Span<UInt8>) -> Bool {
        Int(field.nameEnd - field.nameStart) == wanted.count && begins(field, with: wanted)
    }

    private func begins(_ field: Field, with wanted: Span<UInt8>) -> Bool {
        guard Int(field.nameEnd - field.nameStart) >= wanted.count else { return false }
        for place in wanted.indices {
            let (byte, sent) = (wanted[place], bytes[Int(field.nameStart) + place])
            // Mostly both are spelled alike.
            guard sent == byte || ASCII.lowercased(sent) == ASCII.lowercased(byte) else {
                return false
            }
        }
        return true
    }
}
