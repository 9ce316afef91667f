/// What a request must look like before it is handed on.
///
/// libmicrohttpd lets through what proxies and servers read differently (two lengths, a length
/// beside chunks), which is how requests are smuggled; all of it is refused here.
struct RequestRules: Sendable {
    let hostPolicy: HostPolicy

    /// The refusal of a request, or nil when it may pass.
    func refusal(of headers: HTTPHeaders) -> HTTPResponse? {
        for (name, value) in headers.fields where !isToken(name) || hasControl(value) {
            return .refusal(400, "A header field is malformed.")
        }
        return framingRefusal(headers) ?? hostRefusal(headers) ?? expectRefusal(headers)
    }

    private func framingRefusal(_ headers: HTTPHeaders) -> HTTPResponse? {
        let lengths = headers.values("Content-Length")
        let codings = headers.values("Transfer-Encoding")
        if lengths.count > 1 { return .refusal(400, "There is more than one Content-Length.") }
        if let length = lengths.first, !isNumber(length) {
            return .refusal(400, "Content-Length is not a number.")
        }
        if !lengths.isEmpty && !codings.isEmpty {
            return .refusal(400, "There is a Content-Length beside a Transfer-Encoding.")
        }
        if codings.count > 1 || codings.contains(where: { $0.lowercased() != "chunked" }) {
            return .refusal(501, "The only Transfer-Encoding that is understood is chunked.")
        }
        return nil
    }

    private func hostRefusal(_ headers: HTTPHeaders) -> HTTPResponse? {
        let hosts = headers.values("Host")
        if hosts.count > 1 { return .refusal(400, "There is more than one Host.") }
        if let host = hosts.first, !hostPolicy.allowsHost(host) {
            return .refusal(
                403,
                "This server is not known by the Host of the request; if it should be, name it"
                    + " with --allowed-host."
            )
        }
        if headers.values("Origin").contains(where: { !hostPolicy.allowsOrigin($0) }) {
            return .refusal(403, "Requests from web pages of other origins are refused.")
        }
        return nil
    }

    private func expectRefusal(_ headers: HTTPHeaders) -> HTTPResponse? {
        guard let expectation = headers["Expect"], expectation.lowercased() != "100-continue" else {
            return nil
        }
        return .refusal(417, "The only Expect that is understood is 100-continue.")
    }

    private func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 18
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private func hasControl(_ value: String) -> Bool {
        value.utf8.contains { ($0 < 0x20 && $0 != UInt8(ascii: "\t")) || $0 == 0x7f }
    }

    /// A token of RFC 9110; white space before the colon would be part of the name.
    private func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
