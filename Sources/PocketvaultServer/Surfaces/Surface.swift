internal import HTTPServer

/// What answers the requests that a listener hears.
protocol Surface: Sendable {
    /// Answers a request; `send` is called once, on this thread or another.
    func handle(_ request: HTTPRequest, _ send: @escaping @Sendable (HTTPResponse) -> Void)
}
