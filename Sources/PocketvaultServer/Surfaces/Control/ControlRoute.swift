internal import HTTPServer

/// A row of the control surface's table: a path, the methods that it takes, and who answers.
struct ControlRoute: Sendable {
    typealias Handler = @Sendable (HTTPRequest, @escaping Reply) -> Void

    static let reading = ["GET", "HEAD"]

    /// One that ends in `/*` is for all that is under it, as `/credentials/*` for each role.
    let path: String
    let methods: [String]
    let handler: Handler
    /// The requests for the path that are AWS's.
    private let isForAWS: @Sendable (HTTPRequest) -> Bool

    /// A row whose answer may take its time.
    init(
        _ path: String,
        _ methods: [String],
        unless isForAWS: @escaping @Sendable (HTTPRequest) -> Bool = { _ in false },
        replying handler: @escaping Handler
    ) {
        self.path = path
        self.methods = methods
        self.isForAWS = isForAWS
        self.handler = handler
    }

    /// A row whose answer is there at once.
    init(
        _ path: String,
        _ methods: [String],
        unless isForAWS: @escaping @Sendable (HTTPRequest) -> Bool = { _ in false },
        _ answer: @escaping @Sendable (HTTPRequest) -> Answer
    ) {
        self.init(path, methods, unless: isForAWS) { request, reply in reply(answer(request)) }
    }

    func isFor(_ request: HTTPRequest) -> Bool {
        fits(request.path) && !isForAWS(request)
    }

    private func fits(_ requested: String) -> Bool {
        guard path.hasSuffix("/*") else { return path == requested }
        let prefix = path.dropLast()
        return requested.hasPrefix(prefix) && requested.utf8.count > prefix.utf8.count
    }
}
