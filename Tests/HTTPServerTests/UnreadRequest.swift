import Testing

/// A request that libmicrohttpd does not go on with, which it would answer by itself or not at all.
struct UnreadRequest: Sendable, CustomTestStringConvertible {
    let name: String
    let text: String
    /// Of the refusal.
    let status: Int
    /// How the refusal's sentence begins.
    let sentence: String

    init(_ name: String, _ text: String, _ status: Int, _ sentence: String) {
        self.name = name
        self.text = text
        self.status = status
        self.sentence = sentence
    }

    var testDescription: String { name }

    static let all = [
        UnreadRequest("no request line", "hello\r\n\r\n", 400, "The request line"),
        UnreadRequest("a method alone", "GET\r\n\r\n", 400, "The request line"),
        UnreadRequest("a space before the method", " " + request(), 400, "The request line"),
        UnreadRequest("no version", "GET /\r\n\r\n", 400, "The request line"),
        UnreadRequest(
            "a version in small letters",
            "GET / http/1.1\r\n\r\n",
            400,
            "The request line"
        ),
        UnreadRequest(
            "a space after the version",
            "GET / HTTP/1.1 \r\n\r\n",
            400,
            "The request line"
        ),
        UnreadRequest("a version to come", "GET / HTTP/9.9\r\n\r\n", 505, "This server speaks"),
        UnreadRequest("a version of old", "GET / HTTP/0.9\r\n\r\n", 505, "This server speaks"),
        UnreadRequest("a line without a colon", request("GET", "/", "X"), 400, "The header fields"),
        UnreadRequest("such a line alone", "GET / HTTP/1.1\r\nX\r\n\r\n", 400, "The header fields"),
        UnreadRequest("a negative length", post("Content-Length: -1"), 400, "Content-Length"),
        UnreadRequest("a length of letters", post("Content-Length: a"), 400, "Content-Length"),
        UnreadRequest("a length without a word", post("Content-Length:"), 400, "Content-Length"),
        UnreadRequest(
            "a huge length",
            post("Content-Length: \(long("9", 20))"),
            413,
            "The body is larger"
        ),
        UnreadRequest(
            "such a length in a large head",
            post("Content-Length: a", "X: \(long("x", 32_000))"),
            400,
            "Content-Length"
        ),
        UnreadRequest(
            "a long target",
            request("GET", "/\(long("x", 40_000))"),
            414,
            "The request line"
        ),
        UnreadRequest(
            "a long field",
            request("GET", "/", "X: \(long("x", 40_000))"),
            431,
            "The head does"
        ),
        UnreadRequest(
            "many fields",
            request("GET", "/", lines: fields(3_000)),
            431,
            "The head does"
        ),
        UnreadRequest(
            "many cookies",
            request("GET", "/", "Cookie: \(long("a;", 5_000))"),
            431,
            "The head does"
        ),
        UnreadRequest(
            "many cookies and a bad length",
            post("Content-Length: a", "Cookie: \(long("a;", 5_000))"),
            431,
            "The head does"
        ),
        UnreadRequest("no chunk", post(chunked) + "zz\r\n", 400, "The chunks"),
        UnreadRequest("a chunk that goes on", post(chunked) + "3\r\nabcd\r\n", 400, "The chunks"),
        UnreadRequest(
            "a huge chunk",
            post(chunked) + long("f", 17) + "\r\n",
            413,
            "The body is larger"
        ),
        UnreadRequest(
            "a chunk's long line",
            post(chunked) + "3;\(long("x", 40_000))",
            400,
            "A chunk begins"
        ),
        UnreadRequest(
            "a trailer without a colon",
            post(chunked) + "0\r\nX\r\n\r\n",
            400,
            "The chunks"
        ),
        UnreadRequest(
            "a long trailer",
            post(chunked) + "0\r\nX: \(long("x", 40_000))",
            431,
            "The fields after"
        ),
    ]

    /// Heads that leave little or no room for an answer.
    static let largeHeads: [(String, String)] = stride(from: 30_200, to: 32_768, by: 24).map {
        size in
        ("a field of \(size)", post("Content-Length: 2", "X: \(long("x", size))") + "{}")
    }

    private static let chunked = "Transfer-Encoding: chunked"

    private static func long(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    private static func fields(_ count: Int) -> [String] {
        (0..<count).map { "X\($0): a" }
    }
}
