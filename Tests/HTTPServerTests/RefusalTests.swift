import HTTPServer
import Testing
import Threads

@Suite("Refused requests")
struct RefusalTests {
    @Test(
        "what is malformed or ambiguous is refused in a line and closed",
        arguments: MalformedRequests.all
    )
    func refused(name: String, text: String, status: Int) throws {
        let handled = Counter()
        let listener = try Listener(HTTPConfiguration(threads: 1)) { _, exchange in
            handled.add()
            exchange.answer(HTTPResponse(status: 200))
        }
        let client = RawClient(port: listener.port)
        client.send(text)
        let response = client.receive()
        #expect(response?.status == status, "\(name)")
        #expect(response?.header("connection") == "close", "\(name)")
        #expect(response?.header("content-type") == "text/plain; charset=utf-8", "\(name)")
        #expect(response?.body.hasSuffix("\n") == true, "\(name)")
        #expect(client.isClosedByServer(), "\(name)")
        #expect(handled.count == 0, "\(name)")
    }

    @Test(
        "what is unusual and right is served",
        arguments: [
            request("GET", "/"),
            "\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            request("GET", "/", "X-Empty:", "X-Tight:b", "X-Wide: \t b \t"),
            request("GET", "/", "X-Latin: caf\u{e9}", "x!#$%&'*+-.^_`|~9: b"),
            request("PROPFIND", "/"),
            request("GET", "http://localhost:4566/"),
            request("OPTIONS", "*"),
            request("GET", "/", "Origin: http://localhost"),
            request("GET", "/", "Sec-Fetch-Site: none"),
            request("GET", "/", "Sec-Fetch-Site: same-origin \t", "Sec-Fetch-Mode: cors"),
            request("GET", "/", "Cookie: a=b; c=d", "Cookie: e"),
            post("Expect: 100-Continue") + "",
            "GET / HTTP/1.0\r\n\r\n",
            "GET / HTTP/1.0\r\nExpect: anything\r\n\r\n",
            "GET /?a=b&c=%20&d=+ HTTP/1.1\r\nHost: [::1]:1\r\n\r\n",
        ]
    )
    func served(text: String) throws {
        let listener = try Listener(HTTPConfiguration(threads: 1)) { _, exchange in
            exchange.answer(HTTPResponse(status: 200))
        }
        let client = RawClient(port: listener.port)
        client.send(text)
        var response = client.receive()
        if response?.status == 100 { response = client.receive() }
        #expect(response?.status == 200)
    }

    @Test("the refusal of a name says how to allow it")
    func hostHint() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/", "Host: my.test"))
        #expect(client.receive()?.body.contains("--allowed-host my.test") == true)
    }

    @Test("what the refusal of a name proposes works, and nothing is proposed for what is no name")
    func workingHint() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/", "Host: My.test:4566"))
        let body = client.receive()?.body ?? ""
        let proposed = body.split(separator: "--allowed-host ").last?.split(separator: "\n").first
        #expect(proposed == "my.test")
        let policy = HostPolicy(allowedHosts: [proposed.map(String.init) ?? ""])
        #expect(policy.allowsHost("My.test:4566"))
        let other = RawClient(port: server.port)
        other.send(request("GET", "/", "Host: a b"))
        let refusal = other.receive()
        #expect(refusal?.status == 403)
        #expect(refusal?.body.contains("--allowed-host") == false)
    }

    @Test("whoever listens is told of what no handler gets")
    func toldRefusals() throws {
        let told = Locked<[RefusedRequest]>([])
        let listener = try Listener(
            HTTPConfiguration(threads: 1),
            refused: { refused in told.withLock { $0.append(refused) } },
            handler: { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
        )
        let client = RawClient(port: listener.port)
        client.send(request("GET", "/path?query", "Host: evil.example"))
        #expect(client.receive()?.status == 403)
        let refused = told.withLock { $0 }
        #expect(refused.map(\.path) == ["/path"])
        #expect(refused.map(\.status) == [403])
        #expect(refused.first?.sentence.hasPrefix("'evil.example' is not a name") == true)
    }

    @Test("a name that was allowed is served")
    func allowedHost() throws {
        let server = try EchoServer(HTTPConfiguration(allowedHosts: ["My.test"]))
        let client = RawClient(port: server.port)
        client.send(request("GET", "/", "Host: my.TEST:80", "Origin: https://my.test"))
        #expect(client.receive()?.status == 200)
    }

    @Test("the body of what is refused is read first, so that the client sees the answer")
    func drainedRefusal() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Host: evil.example", "Content-Length: 3000000"))
        client.send([UInt8](repeating: 120, count: 3_000_000))
        #expect(client.receive()?.status == 403)
        #expect(client.isClosedByServer())
    }

    @Test("no smuggled request is served after a refusal")
    func smuggled() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(
            post("Content-Length: 4", "Transfer-Encoding: chunked") + "0\r\n\r\n"
                + request("GET", "/smuggled")
        )
        #expect(!client.receiveAll().contains("smuggled"))
    }

    @Test(
        "a Content-Length that is no number is refused",
        arguments: [
            ("-3", 400), ("+3", 400), ("three", 400), ("3, 3", 400), ("0x3", 400), ("", 400),
            ("99999999999999999999", 413),
        ]
    )
    func badLength(length: String, status: Int) throws {
        let handled = Counter()
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            handled.add()
            exchange.answer(HTTPResponse(status: 200))
        }
        let client = RawClient(port: listener.port)
        client.send(request("POST", "/", "Content-Length: \(length)") + "abc")
        #expect(client.receive()?.status == status)
        #expect(handled.count == 0)
    }

    /// Chunks are taken apart in libmicrohttpd, out of sight: bare LF passes there.
    @Test(
        "broken chunks are refused; bare LF between chunks cannot be seen and passes",
        arguments: [
            ("3\nabc\n0\n\n", 200), ("3\r\nabc\r\n0\r\nA: b\n c\r\n\r\n", 200),
            ("3\r\nabcd\r\n0\r\n\r\n", 400), ("x\r\nabc\r\n0\r\n\r\n", 400),
            ("-3\r\nabc\r\n0\r\n\r\n", 400), ("3 \r\nabc\r\n0\r\n\r\n", 400),
            ("fffffffffffffffff\r\nabc\r\n", 413),
        ]
    )
    func chunks(text: String, status: Int) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Transfer-Encoding: chunked") + text)
        #expect(client.receive()?.status == status)
    }

    @Test(
        "a field that counts only before the body is refused after it, and another is dropped",
        arguments: [
            ("Content-Length: 5", 400), ("transfer-encoding: chunked", 400), ("HOST: evil", 400),
            ("Authorization: x", 400), ("X-Amz-Target: y", 400), ("Sec-Fetch-Site: none", 400),
            ("Cookie: a", 400), ("X-Note: a", 200), ("X-Note: a\r\nTrailer: b", 400),
        ]
    )
    func trailers(fields: String, status: Int) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        let body = "3\r\nabc\r\n0\r\n\(fields)\r\n\r\n"
        client.send(request("POST", "/", "Transfer-Encoding: chunked") + body)
        let answer = client.receive()
        #expect(answer?.status == status)
        if status == 400 {
            #expect(answer?.body.contains("came after the body") == true)
            #expect(client.isClosedByServer())
        }
    }

    /// Of a client that has closed its side nobody can tell whether it had more to say.
    @Test(
        "what is no HTTP at all, and ends, is closed or refused, and the server goes on",
        arguments: [
            "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0",
            "GET / HTTP/1.1 \r\n\r\n", "GET / http/1.1\r\n\r\n",
            " GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /\r\n\r\n",
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        ]
    )
    func nonsense(text: String) throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 1
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let noisy = RawClient(port: server.port)
        noisy.send(text)
        noisy.finishSending()
        #expect(!noisy.receiveAll().hasPrefix("HTTP/1.1 200"))
        let client = RawClient(port: server.port)
        client.send(request())
        #expect(client.receive()?.status == 200)
    }
}
