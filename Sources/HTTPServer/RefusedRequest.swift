/// A request that no handler gets, for a log.
package struct RefusedRequest: Sendable {
    /// A dash where the head was not read to its end.
    package let method: String
    /// Without the query; a dash where it could not be read.
    package let path: String
    package let status: Int
    /// What its sender is told.
    package let sentence: String

    init(_ head: RequestHead, _ refusal: HTTPResponse) {
        self.init(method: head.method, path: head.target.path, refusal)
    }

    /// One whose line could not be read.
    init(unread refusal: HTTPResponse) {
        self.init(method: "-", path: "-", refusal)
    }

    init(method: String, path: String, _ refusal: HTTPResponse) {
        self.method = method
        self.path = path
        status = refusal.status
        let text = String(decoding: refusal.body, as: UTF8.self)
        sentence = text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
