import HTTPServer
import Testing

@Suite("Refused requests")
struct RefusalTests {
    @Test(
        "what servers and proxies read differently is refused",
        arguments: [
            ("two lengths", ["Content-Length: 3", "Content-Length: 5"], 400),
            ("the same length twice", ["Content-Length: 3", "Content-Length: 3"], 400),
            ("a length beside chunks", ["Content-Length: 3", "Transfer-Encoding: chunked"], 400),
            ("an unknown coding", ["Transfer-Encoding: gzip"], 501),
            ("chunks inside another coding", ["Transfer-Encoding: gzip, chunked"], 501),
            ("two codings", ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], 501),
            ("white space before the colon", ["X-A : b"], 400),
            ("a control character in a value", ["X-A: b\u{1}c"], 400),
            ("two hosts", ["Host: localhost", "Host: localhost"], 400),
            ("another expectation", ["Expect: 200-ok"], 417),
        ]
    )
    func framing(name: String, lines: [String], status: Int) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        var text = "POST / HTTP/1.1\r\n"
        if !lines.contains(where: { $0.hasPrefix("Host") }) { text += "Host: localhost\r\n" }
        client.send(text + lines.joined(separator: "\r\n") + "\r\n\r\nabc")
        let response = client.receive()
        #expect(response?.status == status, "\(name)")
        #expect(client.isClosedByServer(), "\(name)")
    }

    /// libmicrohttpd 0.9.75 refuses these before any handler, and sends the head of its answer
    /// twice; all that can be asked is that nothing is served.
    @Test(
        "a Content-Length that is no number is refused",
        arguments: ["-3", "+3", "three", "3, 3", "99999999999999999999"]
    )
    func badLength(length: String) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Content-Length: \(length)") + "abc")
        let status = client.receive()?.status ?? 0
        #expect(status == 400 || status == 413)
    }

    @Test("HTTP/1.1 without a Host is refused")
    func noHost() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send("GET / HTTP/1.1\r\n\r\n")
        #expect(client.receive()?.status == 400)
    }

    @Test(
        "what is no HTTP at all is closed or refused, and the server goes on",
        arguments: [
            "\u{16}\u{3}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\0\0\0\0",
        ]
    )
    func nonsense(text: String) throws {
        let server = try EchoServer()
        let noisy = RawClient(port: server.port)
        noisy.send(text)
        let client = RawClient(port: server.port)
        client.send(request())
        #expect(client.receive()?.status == 200)
    }

    @Test("a name that points here by DNS rebinding is refused, and a page of another origin")
    func rebinding() throws {
        let server = try EchoServer()
        for line in ["Host: evil.example", "Origin: http://evil.example", "Origin: null"] {
            let client = RawClient(port: server.port)
            client.send(request("POST", "/", line, "Content-Length: 0"))
            #expect(client.receive()?.status == 403, "\(line)")
        }
    }
}

@Suite("Host policy")
struct HostPolicyTests {
    @Test(
        "names of this server are allowed",
        arguments: [
            "localhost", "LOCALHOST:4566", "vault.localhost", "127.0.0.1", "127.0.0.1:4566",
            "[::1]", "[::1]:4566", "10.1.2.3:80", "my.host.example", "MY.host.example:1",
        ]
    )
    func allowed(host: String) {
        #expect(HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test(
        "other names are refused",
        arguments: [
            "", "evil.example", "localhost.evil.example", "evillocalhost", "127.0.0.1.evil",
            "[::1", "[evil]:1", "localhost:port", "localhost:1:2", "pocketvault", "localhost ",
            "127.1", "0x7f.1", "localhost:123456",
        ]
    )
    func refused(host: String) {
        #expect(!HostPolicy(allowedHosts: ["my.host.example"]).allowsHost(host))
    }

    @Test("beyond loopback a name of a single label is allowed, as in a compose network")
    func singleLabel() {
        let policy = HostPolicy(isBeyondLoopback: true)
        #expect(policy.allowsHost("pocketvault:4566"))
        #expect(!policy.allowsHost("pocketvault.evil.example"))
    }

    @Test(
        "a page may call when this server could have served it",
        arguments: [
            ("http://localhost:4566", true), ("https://127.0.0.1", true),
            ("HTTP://LOCALHOST", true), ("null", false), ("http://evil.example", false),
            ("file://", false), ("chrome-extension://abc", false), ("http://localhost/x", false),
        ]
    )
    func origins(origin: String, isAllowed: Bool) {
        #expect(HostPolicy().allowsOrigin(origin) == isAllowed)
    }
}
