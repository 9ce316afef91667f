import HTTPServer
import Notation
import Testing

@Suite("Requests and their headers")
struct HTTPRequestTests {
    private let headers = HTTPHeaders([
        (name: "Host", value: "localhost"), (name: "X-Tag", value: "a"),
        (name: "x-tag", value: " b "),
        (name: "X-Empty", value: ""),
    ])

    @Test("a header is found whatever the case of its name")
    func names() {
        #expect(headers["host"] == "localhost")
        #expect(headers["HOST"] == "localhost")
        #expect(headers["Hos"] == nil)
        #expect(headers["X-Empty"] == "")
        #expect(HTTPHeaders()["Host"] == nil)
    }

    @Test("the first value counts, and all can be had, in their order")
    func values() {
        #expect(headers["X-TAG"] == "a")
        #expect(headers.values("x-Tag").first == "a")
        #expect(headers.values("x-Tag").count == 2)
        #expect(headers.values("none").isEmpty)
        #expect(headers.fields.map(\.name) == ["Host", "X-Tag", "x-tag", "X-Empty"])
    }

    @Test("white space behind a value is no part of it, however it is read")
    func ends() {
        let headers = HTTPHeaders([(name: "X-Tag", value: "a b \t")])
        #expect(headers["x-tag"] == "a b")
        #expect(headers.has("x-tag", "a b"))
        #expect(headers.withValue(of: "x-tag") { $0.count } == 3)
        #expect(!headers.has("none", "a b"))
        #expect(headers.withValue(of: "none") { $0.count } == nil)
    }

    @Test("only letters are folded, not the signs beside them in ASCII")
    func signs() {
        #expect(HTTPHeaders([(name: "x@", value: "a")])["x`"] == nil)
        #expect(HTTPHeaders([(name: "x^", value: "a")])["x~"] == nil)
    }

    @Test(
        "fields that begin so are all among names, when each is named in small letters",
        arguments: [
            (["x-amz-target", "x-amz-date"], true), (["x-amz-date", "host", "x-amz-target"], true),
            (["x-amz-target"], false), (["X-Amz-Target", "x-amz-date"], false),
            (["x-amz-targe", "x-amz-date"], false), (["x-amz-target2", "x-amz-date"], false),
            ([], false),
        ]
    )
    func areAll(names: [String], areAll: Bool) {
        let headers = HTTPHeaders([
            (name: "Host", value: "a"), (name: "X-AMZ-Target", value: "b"),
            (name: "x-amz-date", value: "c"),
        ])
        #expect(headers.areAll(withPrefix: "x-amz-", among: names) == areAll)
        #expect(headers.areAll(withPrefix: "x-other-", among: names))
    }

    @Test("headers arrive as they were sent, without the white space around values")
    func arrival() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(
            "GET /headers HTTP/1.1\r\nHost: localhost\r\nX-A:b\r\nX-A:  c d\t \r\nx-e:\r\n"
                + "Cookie: f=g; h=i\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/b, X=\"y:z\"\r\n\r\n"
        )
        #expect(
            client.receive()?.body
                == "Host=localhost|X-A=b|X-A=c d|x-e=|Cookie=f=g; h=i"
                + "|Authorization=AWS4-HMAC-SHA256 Credential=a/b, X=\"y:z\""
        )
    }

    @Test(
        "the target is handed on as it was sent",
        arguments: [
            ("/a%20b%2Fc?d=%26&e=+&f", "GET /a%20b%2Fc d=%26&e=+&f 0"),
            ("/?", "GET /  0"), ("/a?b?c", "GET /a b?c 0"), ("//x/../y;z", "GET //x/../y;z - 0"),
            ("http://localhost/a?b", "GET /a b 0"), ("HTTP://localhost", "GET / - 0"),
            ("http://localhost?b", "GET / b 0"),
        ]
    )
    func target(target: String, echo: String) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", target))
        #expect(client.receive()?.body == echo)
    }

    @Test("the client's address is known")
    func peer() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/peer"))
        #expect(client.receive()?.body == "127.0.0.1")
    }

    @Test(
        "an IPv4 client of a server that listens on IPv6 too is known by its IPv4 address",
        .enabled(if: hasIPv6, "this machine has no IPv6")
    )
    func mappedPeer() throws {
        let server = try EchoServer(HTTPConfiguration(host: "::"))
        let client = RawClient(port: server.port)
        client.send(request("GET", "/peer"))
        #expect(client.receive()?.body == "127.0.0.1")
    }

    private static var hasIPv6: Bool { (try? EchoServer(HTTPConfiguration(host: "::"))) != nil }
}

extension HTTPHeaders {
    /// The values of all fields of that name, as texts.
    fileprivate func values(_ name: String) -> [String] {
        var values: [String] = []
        forEachValue(of: name) { values.append($0.text) }
        return values
    }
}
