internal import Notation

/// What the head of a request must be like before its body is read and it is handed on.
///
/// libmicrohttpd lets through what proxies and servers read differently (two lengths, a length
/// beside chunks), which is how requests are smuggled; all of it is refused here.
final class RequestRules: Sendable {
    let hostPolicy: HostPolicy
    /// Pages that a link of another site may open.
    let openPages: Set<String>
    let limits: HTTPLimits

    init(hostPolicy: HostPolicy, openPages: Set<String>, limits: HTTPLimits) {
        self.hostPolicy = hostPolicy
        self.openPages = openPages
        self.limits = limits
    }

    /// What is to become of a request.
    enum Verdict {
        /// Collect its body, of so many bytes if that is known, and hand it on.
        case accept(bodyBytes: Int)
        /// Answer before its body: where that ends cannot be told, or the client waits for a word.
        case refuseNow(HTTPResponse)
        /// Read and drop its body, then answer: an answer in the middle of a body is lost.
        case refuseAfterBody(HTTPResponse)
    }

    func verdict(on head: RequestHead, isEncrypted: Bool = false) -> Verdict {
        guard head.isExact, let known = KnownFields(head.headers) else {
            return .refuseNow(.refusal(400, RequestRules.malformedFields))
        }
        // An answer is written into what the head has left of its memory, or not at all.
        guard hasRoom(after: head.memoryBytes) else { return .refuseNow(headRefusal) }
        guard head.target.isValid, !head.method.isEmpty, head.method.utf8.allSatisfy(ASCII.isToken)
        else { return .refuseNow(.refusal(400, RequestRules.malformedLine)) }
        let isHTTP10 = head.isHTTP10
        if let refusal = framingRefusal(known, isHTTP10) { return .refuseNow(refusal) }
        let bodyBytes = known.contentLength ?? 0
        let refusal =
            hostRefusal(known, head, isHTTP10: isHTTP10, isEncrypted: isEncrypted)
            ?? (bodyBytes > limits.bodyBytes(for: head.target.path)
                ? bodyRefusal(for: head.target.path) : nil)
        guard let refusal else { return .accept(bodyBytes: bodyBytes) }
        let isWaiting = known.expectations > 0 && !isHTTP10
        let isHopeless = bodyBytes > limits.drainedBytes
        return isWaiting || isHopeless ? .refuseNow(refusal) : .refuseAfterBody(refusal)
    }

    /// Whether a field may not come after a body: one that frames or routes a request, says who sent
    /// it and from where, or what its body is.
    ///
    /// What is allowed there is dropped. A proxy that took it for part of the head would see another
    /// request than this server.
    static func isForbiddenTrailer(_ name: UnsafeRawBufferPointer) -> Bool {
        let name = String(decoding: name.map(ASCII.lowercased), as: UTF8.self)
        return headOnly.contains(name) || headOnlyPrefixes.contains { name.hasPrefix($0) }
    }

    private static let headOnly: Set<String> = [
        "authorization", "connection", "cookie", "expect", "host", "keep-alive", "max-forwards",
        "origin", "range", "referer", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
        "via", "x-forwarded-for", "x-vault-token",
    ]
    private static let headOnlyPrefixes = [
        "content-", "if-", "proxy-", "sec-", "x-amz-", "x-aws-",
    ]

    static let malformedLine = "The request line is malformed."
    static let malformedLength = "Content-Length is not a number."
    static let malformedFields =
        "The header fields are malformed: there is a NUL, a control character, a folded line, a"
        + " line that does not end in CR LF, one without a colon, or white space before a colon."

    /// Whether an answer has room beside so much of the request.
    func hasRoom(after bytes: Int) -> Bool {
        bytes + RequestRules.answerBytes <= limits.headerBytes
    }

    /// The answer to what came after a body; nil where nothing is wrong with that.
    func refusal(of trailers: Trailers, after headMemory: Int) -> HTTPResponse? {
        guard hasRoom(after: headMemory + trailers.memoryBytes) else { return trailersRefusal }
        guard trailers.hasForbidden else { return nil }
        return .refusal(400, "A field came after the body that counts only before it.")
    }

    /// The answer to fields after a body that do not fit beside the head.
    var trailersRefusal: HTTPResponse {
        .refusal(431, "The fields after the body do not fit into \(limits.headerBytes) bytes.")
    }

    /// The answer to a head over the limit.
    var headRefusal: HTTPResponse {
        .refusal(431, "The head does not fit into \(limits.headerBytes) bytes.")
    }

    /// Room for the head of any answer, and for the pieces of one that is sent in chunks.
    private static let answerBytes = 2_048

    /// The answer to a body over the limit.
    func bodyRefusal(for path: String) -> HTTPResponse {
        .refusal(413, "The body is larger than \(limits.bodyBytes(for: path)) bytes.")
    }

    private func framingRefusal(_ known: KnownFields, _ isHTTP10: Bool) -> HTTPResponse? {
        if known.contentLengths > 1 {
            return .refusal(400, "There is more than one Content-Length.")
        }
        if known.contentLengths > 0, known.contentLength == nil {
            return .refusal(400, RequestRules.malformedLength)
        }
        if known.transferEncodings > 0 {
            if known.contentLengths > 0 {
                return .refusal(400, "There is a Content-Length beside a Transfer-Encoding.")
            }
            if isHTTP10 { return .refusal(400, "HTTP/1.0 has no Transfer-Encoding.") }
            if known.transferEncodings > 1 || !known.isChunked {
                return .refusal(501, "The only Transfer-Encoding that is understood is chunked.")
            }
        }
        if let other = known.otherExpectation, !isHTTP10 {
            return .refusal(417, "'\(other)' cannot be met; the only Expect is 100-continue.")
        }
        return nil
    }

    private func hostRefusal(
        _ known: KnownFields,
        _ head: RequestHead,
        isHTTP10: Bool,
        isEncrypted: Bool
    ) -> HTTPResponse? {
        if known.hosts > 1 { return .refusal(400, "There is more than one Host.") }
        guard let host = known.host ?? (isHTTP10 ? "localhost" : nil) else {
            return .refusal(400, "HTTP/1.1 needs a Host.")
        }
        if !hostPolicy.allowsHost(host, isEncrypted: isEncrypted) {
            return .refusal(403, Text.foreign(host: host))
        }
        if let authority = head.target.authority,
            !hostPolicy.allowsHost(authority, isEncrypted: isEncrypted)
        {
            return .refusal(403, Text.foreign(host: authority))
        }
        for origin in known.origins
        where !hostPolicy.allowsOrigin(origin, host: host, isEncrypted: isEncrypted) {
            return .refusal(403, Text.foreignOrigin)
        }
        // A picture's or a link's address is asked for without an Origin.
        if known.isOfAnotherSite, !opensPage(known, head) {
            return .refusal(403, Text.foreignOrigin)
        }
        return nil
    }

    /// Whether somebody follows a link, in a window of its own, to a page that may be opened so.
    private func opensPage(_ known: KnownFields, _ head: RequestHead) -> Bool {
        known.isNavigation && known.isForDocument && (head.method == "GET" || head.method == "HEAD")
            && openPages.contains(head.target.path)
    }
}

/// The sentences that are longer than a line.
private enum Text {
    static let foreignOrigin =
        "The Origin of this request is not one of this server: web pages of other sites may not"
        + " call it. If the server has another name, allow that name with --allowed-host."

    static func foreign(host: String) -> String {
        let shown = host.prefix(100)
        let remedy = HostPolicy.remedy(for: host).map { ", or start it with --allowed-host \($0)" }
        return
            "'\(shown)' is not a name of this server, which refuses others so that no web page can"
            + " reach it by DNS rebinding. Use localhost\(remedy ?? "")"
    }
}
