internal import SignatureV4

/// A request as a client sends it.
package struct ClientRequest: SignableRequest {
    /// Of HTTP.
    package var method: String
    /// Percent-encoded, without the query.
    package var path: String
    /// Without the question mark; nil for none.
    package var query: String?
    /// The header fields, but for those that frame the body.
    package var fields: [(name: String, value: String)]
    package var body: [UInt8]
    /// For how long nothing may come; nil to wait for ever.
    package var timeoutSeconds: Int? = 30

    /// A request of a path with its query.
    ///
    /// - Parameters:
    ///   - method: of HTTP.
    ///   - target: the path, with its query.
    ///   - host: the server, as its transport has it.
    ///   - fields: further header fields.
    ///   - body: what is sent.
    package init(
        _ method: String,
        _ target: String,
        host: String,
        fields: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : nil
        self.fields = [(name: "Host", value: host)] + fields
        self.body = body
    }

    /// Path and query, as the request line has them.
    package var target: String { query.map { "\(path)?\($0)" } ?? path }

    package func forEachValue(of name: String, _ take: (Span<UInt8>) -> Void) {
        for field in fields where field.name.lowercased() == name.lowercased() {
            take(field.value.utf8.span)
        }
    }
}
