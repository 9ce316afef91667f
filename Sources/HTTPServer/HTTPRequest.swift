/// One request, whole: its body was received and is within the limit.
///
/// An object, because it goes through many hands and never changes.
package final class HTTPRequest: Sendable {
    /// The method as sent; its case matters.
    package let method: String
    /// The path as sent, percent-encoding left, without the query.
    package let path: String
    /// The query as sent, without the question mark; nil when there is none.
    package let query: String?
    /// The header fields.
    package let headers: HTTPHeaders
    /// The body, without the framing of its chunks.
    package let body: [UInt8]
    private let client: Peer
    /// Whether it came by TLS.
    package let isEncrypted: Bool

    /// The client's IP address.
    package var peer: String { client.description }

    /// A request as a test or a tool would write it.
    package convenience init(
        method: String,
        path: String,
        query: String? = nil,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        peer: String = "127.0.0.1",
        isEncrypted: Bool = false
    ) {
        self.init(
            method: method,
            path: path,
            query: query,
            headers: headers,
            body: body,
            client: .text(peer),
            isEncrypted: isEncrypted
        )
    }

    init(
        method: String,
        path: String,
        query: String?,
        headers: HTTPHeaders,
        body: [UInt8],
        client: Peer,
        isEncrypted: Bool
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.client = client
        self.isEncrypted = isEncrypted
    }
}
