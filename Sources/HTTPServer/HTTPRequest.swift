/// One request, whole: its body was received and is within the limit.
package struct HTTPRequest: Sendable {
    package let method: String
    /// As sent, percent-encoding left, without the query.
    package let path: String
    /// As sent, without the question mark; nil when there is none.
    package let query: String?
    package let headers: HTTPHeaders
    package let body: [UInt8]
    /// The client's IP address.
    package let peer: String

    package init(
        method: String,
        target: String,
        headers: HTTPHeaders,
        body: [UInt8] = [],
        peer: String = "127.0.0.1"
    ) {
        self.method = method
        if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
            path = String(target[..<mark])
            query = String(target[target.utf8.index(after: mark)...])
        } else {
            path = target
            query = nil
        }
        self.headers = headers
        self.body = body
        self.peer = peer
    }
}

/// The header fields of a request, in their order; the case of names does not count.
package struct HTTPHeaders: Sendable {
    package let fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// The value of the first field of that name.
    package subscript(name: String) -> String? {
        fields.first { HTTPHeaders.isSame($0.name, name) }?.value
    }

    /// The values of all fields of that name.
    package func values(_ name: String) -> [String] {
        fields.filter { HTTPHeaders.isSame($0.name, name) }.map(\.value)
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
