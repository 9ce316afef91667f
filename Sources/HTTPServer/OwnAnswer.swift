/// An answer that libmicrohttpd has made by itself, to a request that it does not go on with.
struct OwnAnswer {
    let status: Int
    /// It is to have a body: it is for no HEAD.
    let hasBody: Bool
    /// It is about the field `Content-Length`.
    let isAboutLength: Bool

    /// - Parameters:
    ///   - head: as it would be sent: from the first byte, with the head of the same answer after it in
    ///     some cases, which libmicrohttpd has then made twice.
    ///   - body: the text; empty where there is none.
    init(head: UnsafeRawBufferPointer, body: UnsafeRawBufferPointer) {
        let digits = head.dropFirst("HTTP/1.1 ".utf8.count).prefix(3)
        self.init(
            status: Int(String(decoding: digits, as: UTF8.self)) ?? 400,
            hasBody: !body.isEmpty,
            isAboutLength: String(decoding: body, as: UTF8.self).contains("Content-Length")
        )
    }

    private init(status: Int, hasBody: Bool, isAboutLength: Bool) {
        self.status = status
        self.hasBody = hasBody
        self.isAboutLength = isAboutLength
    }

    /// What it would have said where it closes without a word.
    static func unsaid(_ status: Int) -> OwnAnswer {
        OwnAnswer(status: status, hasBody: true, isAboutLength: false)
    }
}
