import Glibc
import HTTPServer
import Testing

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
