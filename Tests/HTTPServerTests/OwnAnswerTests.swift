import Glibc
import HTTPServer
import Testing
import Threads

@Suite("What libmicrohttpd says by itself")
struct OwnAnswerTests {
    @Test("it is said by us, once, and told of", arguments: UnreadRequest.all)
    func ours(unread: UnreadRequest) throws {
        let told = Locked<[RefusedRequest]>([])
        let handled = Counter()
        let listener = try Listener(
            HTTPConfiguration(threads: 1),
            refused: { refused in told.withLock { $0.append(refused) } },
            handler: { _, exchange in
                handled.add()
                exchange.answer(HTTPResponse(status: 200))
            }
        )
        let client = RawClient(port: listener.port)
        client.send(unread.text)
        let said = client.receiveAll()
        expectOneRefusal(said, unread.status, unread.sentence, unread.name)
        #expect(handled.count == 0, "\(unread.name)")
        let refused = told.withLock { $0 }
        #expect(refused.map(\.status) == [unread.status], "\(unread.name)")
        #expect(
            refused.first.map { said.hasSuffix("\r\n\r\n\($0.sentence)\n") } == true,
            "\(unread.name)"
        )
        let next = RawClient(port: listener.port)
        next.send(request())
        #expect(next.receive()?.status == 200, "\(unread.name)")
    }

    @Test("so it is by TLS", arguments: UnreadRequest.all)
    func encrypted(unread: UnreadRequest) throws {
        let server = try TLSServer { $0.threads = 1 }
        let client = try server.client()
        client.send(unread.text)
        expectOneRefusal(client.receiveAll(), unread.status, unread.sentence, unread.name)
    }

    @Test("no answer to anything malformed has a word of the library's")
    func allOurs() throws {
        let server = try EchoServer(HTTPConfiguration(threads: 1))
        for (name, text, status) in MalformedRequests.all {
            let client = RawClient(port: server.port)
            client.send(text)
            expectOneRefusal(client.receiveAll(), status, "", name)
        }
    }

    @Test("a head that leaves no room for an answer has one, and no head is served without")
    func largeHeads() throws {
        let handled = Counter()
        let listener = try Listener(HTTPConfiguration(threads: 1)) { _, exchange in
            handled.add()
            let headers = [("X-Long", String(repeating: "x", count: 1_000))]
            exchange.answer(HTTPResponse(status: 200, headers: headers))
        }
        var served = 0
        for (name, text) in UnreadRequest.largeHeads {
            let client = RawClient(port: listener.port)
            client.send(text)
            let response = client.receive()
            if response?.status == 200 {
                served += 1
                continue
            }
            #expect(response?.status == 431, "\(name)")
            #expect(response?.body.hasPrefix("The head does not fit") == true, "\(name)")
            #expect(client.isClosedByServer(), "\(name)")
        }
        #expect(handled.count == served)
        #expect(0 < served && served < UnreadRequest.largeHeads.count)
    }

    @Test("a large head is served with a cookie or without", arguments: ["", "Cookie: a=b; c"])
    func largeServed(cookie: String) throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        let fields = ["X-Long: " + String(repeating: "x", count: 29_000), cookie]
        client.send(request("GET", "/", lines: fields.filter { !$0.isEmpty }))
        #expect(client.receive()?.status == 200)
    }

    @Test("a HEAD is refused without a body")
    func bodiless() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("HEAD", "/", "Content-Length: a"))
        let said = client.receiveAll()
        #expect(said.hasPrefix("HTTP/1.1 400 Bad Request\r\nDate: "))
        #expect(said.hasSuffix("\r\n\r\n") && !said.contains("Content-Length: 0\r\n"))
        #expect(said.count(of: "HTTP/1.1 ") == 1)
    }

    @Test("what was refused before its broken body is refused for that, once")
    func refusedBefore() throws {
        let told = Counter()
        let listener = try Listener(
            HTTPConfiguration(threads: 1),
            refused: { _ in told.add() },
            handler: { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
        )
        let client = RawClient(port: listener.port)
        client.send(post("Host: evil.example", "Transfer-Encoding: chunked") + "zz\r\n")
        expectOneRefusal(client.receiveAll(), 403, "'evil.example'", "a foreign Host")
        #expect(told.count == 1)
    }

    @Test("a query of thousands of fields is a query")
    func longQuery() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        let query = String(repeating: "a=b&", count: 7_000)
        client.send(request("GET", "/long?\(query)"))
        #expect(client.receive()?.body == "GET /long \(query) 0")
        client.send(request("GET", "/?"))
        #expect(client.receive()?.body == "GET /  0")
        client.send(request("GET", "/again?a=?&b"))
        #expect(client.receive()?.body == "GET /again a=?&b 0")
    }

    @Test("after an answer, a refusal comes once it has room")
    func afterAnswers() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/large") + request("GET", "/large") + post("Content-Length: a"))
        // Until then the answers fill what the system keeps for the client.
        usleep(200_000)
        #expect(client.receive()?.body.utf8.count == 3_000_000)
        #expect(client.receive()?.body.utf8.count == 3_000_000)
        expectOneRefusal(client.receiveAll(), 400, "Content-Length", "after two answers")
    }

    @Test(
        "a body of ours passes, whatever its bytes, in one piece or in many",
        arguments: [false, true]
    )
    func bodies(isStream: Bool) throws {
        let piece = Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>".utf8)
        let whole = Array(repeatElement(piece, count: 60_000).joined())
        let listener = try Listener(HTTPConfiguration(threads: 1)) { _, exchange in
            guard isStream else { return exchange.answer(HTTPResponse(status: 400, body: whole)) }
            let left = Locked(60_000)
            let stream = BodyStream(byteCount: whole.count) {
                left.withLock { left in
                    left -= 1
                    return left >= 0 ? .bytes(piece) : .end
                }
            }
            exchange.answer(HTTPResponse(status: 500, from: .stream(stream)))
        }
        let client = RawClient(port: listener.port)
        for _ in 0..<2 {
            client.send(request())
            usleep(100_000)
            let response = client.receive()
            #expect(response?.status == (isStream ? 500 : 400))
            #expect(response?.body.utf8.elementsEqual(whole) == true)
        }
    }

    @Test("a client that says nothing, or goes away in a line, is told nothing, and so is nobody")
    func silence() throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 1
        let told = Counter()
        let listener = try Listener(
            HTTPConfiguration(threads: 1, limits: limits),
            refused: { _ in told.add() },
            handler: { _, exchange in exchange.answer(HTTPResponse(status: 200)) }
        )
        let silent = RawClient(port: listener.port)
        let half = RawClient(port: listener.port)
        half.send("GET / HT")
        let gone = RawClient(port: listener.port)
        gone.send("GET / HTTP/1.1\r\nHo")
        gone.finishSending()
        let answered = RawClient(port: listener.port)
        answered.send(request("GET", "/", "Connection: close"))
        #expect(answered.receive()?.status == 200)
        for client in [silent, half, gone, answered] { #expect(client.receiveAll().isEmpty) }
        #expect(told.count == 0)
    }

    private func expectOneRefusal(
        _ said: String,
        _ status: Int,
        _ sentence: String,
        _ name: String
    ) {
        let parts = said.components(splitBy: "\r\n\r\n")
        let response = RawResponse(head: parts.first.map(String.init) ?? "")
        let body = parts.dropFirst().joined(separator: "\r\n\r\n")
        #expect(said.hasPrefix("HTTP/1.1 \(status) "), "\(name): \(said.prefix(300))")
        #expect(said.count(of: "HTTP/1.1 \(status)") == 1, "\(name)")
        #expect(!said.lowercased().contains("<html"), "\(name)")
        #expect(response.header("connection") == "close", "\(name)")
        #expect(response.header("content-type") == "text/plain; charset=utf-8", "\(name)")
        #expect(response.header("date")?.hasSuffix(" GMT") == true, "\(name)")
        #expect(response.contentLength == body.utf8.count, "\(name)")
        #expect(body.hasPrefix(sentence) && body.hasSuffix("\n"), "\(name): \(body)")
    }
}

extension String {
    fileprivate func components(splitBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }

    /// How often a text is in this one.
    fileprivate func count(of text: String) -> Int {
        components(splitBy: text).count - 1
    }
}
