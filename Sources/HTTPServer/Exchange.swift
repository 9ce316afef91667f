/// A request's answer, to be given once: at once by the handler, or later from another thread.
///
/// An exchange that is let go without an answer gives an empty 500, so that no client waits for
/// ever.
package final class Exchange: Sendable {
    private let reception: Reception

    init(_ reception: Reception) {
        self.reception = reception
    }

    /// Sends the answer; a second one is dropped.
    package func answer(_ response: HTTPResponse) {
        reception.answer(response)
    }

    deinit {
        reception.answer(HTTPResponse(status: 500))
    }
}

/// What is done with a request, on the connection's thread, which it must not block for long.
package typealias HTTPHandler = @Sendable (HTTPRequest, Exchange) -> Void
