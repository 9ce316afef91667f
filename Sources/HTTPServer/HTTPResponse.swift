/// One answer, to which the transport adds Content-Length and Date.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: [(String, String)]
    package let body: [UInt8]

    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A refusal by the transport itself, after which the connection is closed.
    static func refusal(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")],
            body: Array((text + "\n").utf8)
        )
    }
}
