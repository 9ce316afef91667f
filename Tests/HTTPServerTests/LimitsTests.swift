import Glibc
import HTTPServer
import Testing
import Threads

@Suite("HTTP limits")
struct LimitsTests {
    @Test("a body of the limit passes, one byte more is drained and answered with 413")
    func bodyLimit() throws {
        var limits = HTTPLimits()
        limits.bodyBytes = 100_000
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Content-Length: 100000"))
        client.send([UInt8](repeating: 120, count: 100_000))
        #expect(client.receive()?.body == "POST / - 100000")
        client.send(request("POST", "/", "Content-Length: 100001"))
        client.send([UInt8](repeating: 120, count: 100_001))
        #expect(client.receive()?.status == 413)
    }

    @Test("the limit holds for chunked bodies too")
    func chunkedLimit() throws {
        var limits = HTTPLimits()
        limits.bodyBytes = 1_000
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Transfer-Encoding: chunked"))
        client.send("7d0\r\n" + String(repeating: "x", count: 2_000) + "\r\n0\r\n\r\n")
        #expect(client.receive()?.status == 413)
    }

    @Test("a body without end is cut off")
    func endlessBody() throws {
        var limits = HTTPLimits()
        limits.bodyBytes = 1_000
        limits.drainedBytes = 200_000
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Content-Length: 100000000"))
        let piece = [UInt8](repeating: 120, count: 50_000)
        var sent = 0
        while sent < 100_000_000, client.send(piece) { sent += piece.count }
        #expect(sent < 100_000_000)
    }

    @Test("headers of more than the limit are answered with 431, a long target with 414")
    func headerLimit() throws {
        let server = try EchoServer()
        let long = String(repeating: "x", count: 40_000)
        let first = RawClient(port: server.port)
        first.send(request("GET", "/", "X-Long: \(long)"))
        #expect(first.receive()?.status == 431)
        let second = RawClient(port: server.port)
        second.send(request("GET", "/\(long)"))
        #expect(second.receive()?.status == 414)
    }

    @Test("a client that asks first is told 413 before it sends a body over the limit")
    func expectedBody() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Expect: 100-continue", "Content-Length: 2000000"))
        #expect(client.receive()?.status == 413)
        #expect(client.isClosedByServer())
    }

    @Test("a body of which nothing more is drained is refused by its length alone")
    func hopelessBody() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Content-Length: 17000000"))
        #expect(client.receive()?.status == 413)
        #expect(client.isClosedByServer())
    }

    @Test("chunks without end are cut off")
    func endlessChunks() throws {
        var limits = HTTPLimits()
        limits.bodyBytes = 1_000
        limits.drainedBytes = 200_000
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Transfer-Encoding: chunked"))
        let piece = "2710\r\n" + String(repeating: "x", count: 10_000) + "\r\n"
        var sent = 0
        while sent < 100_000_000, client.send(piece) { sent += 10_000 }
        #expect(sent < 100_000_000)
    }

    @Test("a body that dribbles in, never idle for long, is served")
    func slowBody() throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 3
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request("POST", "/slow", "Content-Length: 16"))
        for _ in 0..<16 {
            usleep(250_000)
            client.send("x")
        }
        #expect(client.receive()?.body == "POST /slow - 16")
    }

    @Test("what waits for its answer is not idle")
    func suspendedIsNotIdle() throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 1
        let exchange = Locked<Exchange?>(nil)
        let listener = try Listener(HTTPConfiguration(limits: limits)) { _, asked in
            exchange.withLock { $0 = asked }
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        usleep(1_600_000)
        exchange.withLock { $0.take() }?.answer(HTTPResponse(status: 204))
        #expect(client.receive()?.status == 204)
    }

    @Test("connections beyond the limit wait until another closes")
    func connectionLimit() throws {
        var limits = HTTPLimits()
        limits.connections = 2
        let server = try EchoServer(HTTPConfiguration(threads: 1, limits: limits))
        var clients = (0..<2).map { _ in RawClient(port: server.port) }
        for client in clients {
            client.send(request())
            #expect(client.receive()?.status == 200)
        }
        let late = RawClient(port: server.port)
        late.send(request("GET", "/late"))
        clients.removeLast()
        #expect(late.receive()?.body == "GET /late - 0")
    }

    @Test("a head that dribbles in is cut off when its time is up, however often a byte comes")
    func slowHead() throws {
        var limits = HTTPLimits()
        limits.headSeconds = 1
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        var pieces = 0
        let start = ContinuousClock.now
        client.send("GET / HTTP/1.1\r\nX-Slow: ")
        while pieces < 100, client.send("x") {
            pieces += 1
            usleep(100_000)
        }
        #expect(pieces < 100)
        #expect(ContinuousClock.now - start > .milliseconds(900))
    }

    @Test("a head that the server is late to read is not the client's fault")
    func lateServer() throws {
        var limits = HTTPLimits()
        limits.headSeconds = 1
        let configuration = HTTPConfiguration(threads: 1, limits: limits)
        let listener = try Listener(configuration) { asked, exchange in
            if asked.path == "/busy" { usleep(1_800_000) }
            exchange.answer(HTTPResponse(status: 204))
        }
        let busy = RawClient(port: listener.port)
        let other = RawClient(port: listener.port)
        usleep(50_000)
        busy.send(request("GET", "/busy"))
        usleep(50_000)
        other.send(request())
        #expect(other.receive()?.status == 204)
        #expect(busy.receive()?.status == 204)
    }

    @Test("a connection that was answered has the idle time for its next head")
    func nextHead() throws {
        var limits = HTTPLimits()
        limits.headSeconds = 1
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let client = RawClient(port: server.port)
        client.send(request())
        #expect(client.receive()?.status == 200)
        usleep(1_600_000)
        client.send(request("GET", "/again"))
        #expect(client.receive()?.body == "GET /again - 0")
    }

    @Test("clients that went away while they waited to be accepted keep nobody out")
    func flood() throws {
        var limits = HTTPLimits()
        limits.connections = 8
        limits.headSeconds = 60
        let server = try EchoServer(HTTPConfiguration(threads: 2, limits: limits))
        var flood = (0..<200).map { _ in RawClient(port: server.port) }
        for (number, client) in flood.enumerated() {
            let halfBody = request("POST", "/", "Content-Length: 9") + "x"
            client.send(number.isMultiple(of: 2) ? halfBody : "GET / HTTP/1.1\r\nHo")
        }
        flood = []
        let client = RawClient(port: server.port)
        client.send(request("GET", "/after"))
        // A client waits ten seconds for its answer.
        #expect(client.receive()?.body == "GET /after - 0")
    }

    @Test("a client that closes its side after a whole request has its answer")
    func halfClosed() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/later"))
        client.finishSending()
        #expect(client.receive()?.body == "GET /later - 0")
    }

    @Test("an idle connection and a body that stops half way are closed")
    func idle() throws {
        var limits = HTTPLimits()
        limits.idleSeconds = 1
        let server = try EchoServer(HTTPConfiguration(limits: limits))
        let idle = RawClient(port: server.port)
        let half = RawClient(port: server.port)
        half.send(request("POST", "/", "Content-Length: 10") + "abc")
        #expect(idle.isClosedByServer())
        #expect(half.isClosedByServer())
    }
}
