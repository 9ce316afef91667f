/// A request's answer, to be given once: at once by the handler, or later from any thread.
///
/// An answer may be whole, or a stream that goes on. An exchange that is let go without an answer
/// gives an empty 500, so that no client waits for ever.
package final class Exchange: Sendable {
    private let pending: PendingAnswer

    init(_ pending: PendingAnswer) {
        self.pending = pending
    }

    /// Sends the answer; a second one is dropped.
    package func answer(_ response: HTTPResponse) {
        if case .nothing? = response.source { return cut() }
        pending.answer(.response(response))
    }

    /// Closes the connection without an answer, as a server that crashed does.
    package func cut() {
        pending.answer(.cut)
    }

    deinit {
        pending.answer(.response(HTTPResponse(status: 500)))
    }
}

/// What becomes of an exchange.
enum ExchangeAnswer: Sendable {
    case response(HTTPResponse)
    /// The connection is closed without a word.
    case cut
}

/// What is done with a request.
///
/// It runs on the connection's thread and must not block for long.
package typealias HTTPHandler = @Sendable (HTTPRequest, Exchange) -> Void
