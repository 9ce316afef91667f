internal import CMicroHTTPD

extension HTTPResponse {
    /// The whole answer as it is sent by the library, the last on its connection.
    ///
    /// - Parameters:
    ///   - date: the time.
    ///   - hasBody: false for the answer to a HEAD.
    /// - Returns: the bytes from the status line on.
    func bytes(on date: String, hasBody: Bool) -> [UInt8] {
        let phrase = MHD_get_reason_phrase_for(UInt32(status)).map { String(cString: $0) } ?? ""
        let fields =
            [("Date", date), ("Connection", "close")] + headers
            + [("Content-Length", "\(body.count)")]
        let head =
            "HTTP/1.1 \(status) \(phrase)\r\n"
            + fields.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        return Array(head.utf8) + (hasBody ? body : [])
    }
}
