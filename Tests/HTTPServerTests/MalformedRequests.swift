import Notation

/// Requests that must be refused, and the status of the refusal.
enum MalformedRequests {
    /// Each is an honest request but for one thing.
    static let all: [(String, String, Int)] = [
        ("two lengths", post("Content-Length: 3", "Content-Length: 5"), 400),
        ("the same length twice", post("Content-Length: 3", "Content-Length: 3"), 400),
        ("a length beside chunks", post("Content-Length: 3", "Transfer-Encoding: chunked"), 400),
        ("chunks beside a length", post("Transfer-Encoding: chunked", "Content-Length: 3"), 400),
        ("an unknown coding", post("Transfer-Encoding: gzip"), 501),
        ("chunks inside another coding", post("Transfer-Encoding: gzip, chunked"), 501),
        ("no coding at all", post("Transfer-Encoding: identity"), 501),
        ("white space after the coding", post("Transfer-Encoding: chunked "), 501),
        ("two codings", post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), 501),
        ("white space before the colon", post("X-A : b"), 400),
        ("a tab before the colon", post("X-A\t: b"), 400),
        ("white space before a length's colon", post("Content-Length : 3"), 400),
        ("a name that is no token", post("X(A): b"), 400),
        ("a field without a name", post("X-A: b", ": c", "X-D: e"), 400),
        ("a field without a name, first", "POST / HTTP/1.1\r\n: c\r\nHost: localhost\r\n\r\n", 400),
        ("a control character in a value", post("X-A: b\u{1}c"), 400),
        ("a lone CR in a value", post("X-A: b\rc"), 400),
        ("a NUL in a value", post("X-A: b\0c", "X-D: e"), 400),
        ("a NUL in the last value", post("X-A: b\0c"), 400),
        ("a NUL before a value", post("X-A: \0b"), 400),
        ("two NULs that look like a line's end", post("X-A: b\0\0Host: evil.example"), 400),
        ("a folded line", post("X-A: b", " c"), 400),
        ("a line folded by a tab", post("X-A: b", "\tContent-Length: 3"), 400),
        ("a fold of an empty line", post("X-A: b", " "), 400),
        ("a bare LF between fields", post("X-A: b\nX-C: d"), 400),
        ("a bare LF after the request line", "GET / HTTP/1.1\nHost: localhost\r\n\r\n", 400),
        ("a bare LF at the end", "GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400),
        ("nothing but bare LF", "GET / HTTP/1.1\nHost: localhost\n\n", 400),
        ("two spaces after the method", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("a space in the target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("a NUL in the target", "GET /a\0b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("a control in the target", "GET /\u{1} HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (
            "bytes beyond ASCII in the target", "GET /\u{e9} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            400
        ),
        ("a target without a slash", "GET a HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("the target of a tunnel", "CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("a method that is no token", "G(T / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("chunks in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        ("no Host in HTTP/1.1", "GET / HTTP/1.1\r\n\r\n", 400),
        ("no Host among others", "GET / HTTP/1.1\r\nX-A: b\r\n\r\n", 400),
        ("two Hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400),
        ("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 403),
        ("a foreign Host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 403),
        ("a foreign absolute target", request("GET", "http://evil.example/"), 403),
        ("a target with a user", request("GET", "http://localhost@evil.example/"), 403),
        ("a foreign Origin", request("GET", "/", "Origin: http://evil.example"), 403),
        ("an opaque Origin", request("GET", "/", "Origin: null"), 403),
        (
            "a foreign Origin after a good one",
            request("GET", "/", "Origin: http://localhost", "Origin: null"), 403
        ),
        (
            "an Origin of another port", request("GET", "/", "Origin: http://localhost:3000"), 403
        ),
        ("a page of another site", request("GET", "/", "Sec-Fetch-Site: cross-site"), 403),
        ("a page of another port", post("sec-fetch-site: same-site"), 403),
        ("a site that no browser says", request("GET", "/", "Sec-Fetch-Site: none, none"), 403),
        ("a site without a word", request("GET", "/", "Sec-Fetch-Site:"), 403),
        (
            "another site after our own",
            request("GET", "/", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"), 403
        ),
        (
            "another site with an Origin of ours",
            post("Origin: http://localhost", "Sec-Fetch-Site: cross-site"), 403
        ),
        ("another expectation", post("Expect: 200-ok"), 417),
        ("another expectation, too", post("Expect: 100-continue", "Expect: a"), 417),
    ]
}
