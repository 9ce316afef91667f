internal import Threads

/// A body that nobody holds in memory.
package enum BodySource: Sendable {
    /// One whose length nobody knows yet.
    case stream(BodyStream)
    case file(ResponseFile)
    /// There is no answer: the connection is closed.
    case nothing
}

/// One answer; its length and Date are added by the transport.
///
/// An object, because it goes through many hands and never changes.
package final class HTTPResponse: Sendable {
    /// The status code, 200 to 999.
    package let status: Int
    /// Further header fields.
    ///
    /// One that cannot be sent (a line break in it) makes the answer a 500.
    package let headers: [(String, String)]
    /// The body; left out of the answer to a HEAD.
    package let body: [UInt8]
    /// Where the body comes from when it is not `body`.
    package let source: BodySource?

    /// An answer.
    package init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
        source = nil
    }

    /// An answer whose body is a file, or goes on until its stream ends or its client goes away.
    package init(status: Int, headers: [(String, String)] = [], from source: BodySource) {
        self.status = status
        self.headers = headers
        body = []
        self.source = source
    }

    /// The stream that the body comes from; nil for any other body.
    package var stream: BodyStream? {
        if case .stream(let stream)? = source { stream } else { nil }
    }

    /// No answer: the connection is closed, as by a server that crashed.
    package static let none = HTTPResponse(status: 500, from: .nothing)

    /// The same answer to a client that gets half of its body, and then sees the connection end.
    package var cutInHalf: HTTPResponse {
        let half = Array(body.prefix(body.count / 2))
        let isSent = Locked(false)
        let stream = BodyStream(byteCount: body.count) {
            let isFirst = isSent.withLock { isSent in
                defer { isSent = true }
                return !isSent
            }
            return isFirst && !half.isEmpty ? .bytes(half) : .cut
        }
        return HTTPResponse(status: status, headers: headers, from: .stream(stream))
    }

    /// A refusal by the transport itself.
    static func refusal(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "text/plain; charset=utf-8")],
            body: Array((text + "\n").utf8)
        )
    }

    /// What is answered to requests that come, or are still unanswered, when the server stops.
    static var stopping: HTTPResponse { refusal(503, "The server is stopping.") }
}
