import Dispatch
import Glibc
import HTTPServer
import Testing
import Threads

@Suite("Answers that go on, and exchanges that are cut", .timeLimit(.minutes(1)))
struct StreamTests {
    @Test("what is published arrives at once, in chunks, and the end is marked")
    func chunks() throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/feed"))
        let head = client.receive(until: "\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200 "))
        #expect(head.contains("Transfer-Encoding: chunked"))
        #expect(head.contains("Content-Type: text/event-stream"))
        server.publish("calm-otter")
        #expect(client.receive(until: "calm-otter\r\n").hasSuffix("\r\ncalm-otter\r\n"))
        server.publish("quick-heron")
        #expect(client.receive(until: "quick-heron\r\n").hasSuffix("quick-heron\r\n"))
        server.endAll()
        #expect(client.receive(until: "0\r\n\r\n") == "0\r\n\r\n")
        // And the connection serves on.
        client.send(request("GET", "/"))
        #expect(client.receive()?.status == 200)
    }

    @Test("for HTTP/1.0 the end of the connection is the end of the answer")
    func oldClients() throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send("GET /feed HTTP/1.0\r\nHost: localhost\r\n\r\n")
        _ = client.receive(until: "\r\n\r\n")
        let long = String(repeating: "x", count: 100_000)
        server.publish("calm-otter")
        server.publish(long + ".")
        #expect(client.receive(until: ".") == "calm-otter" + long + ".")
        server.endAll()
        #expect(client.receiveAll().isEmpty)
    }

    @Test("a HEAD of a stream is answered and over")
    func head() throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send(request("HEAD", "/feed"))
        #expect(client.receive(until: "\r\n\r\n").contains("text/event-stream"))
        server.waitUntil { $0 == 0 }
    }

    @Test("sleeping streams hold no thread: other clients are answered")
    func threads() throws {
        let server = try StreamServer()
        let clients = (0..<50).map { _ in RawClient(port: server.port) }
        for client in clients { client.send(request("GET", "/feed")) }
        for client in clients { _ = client.receive(until: "\r\n\r\n") }
        let other = RawClient(port: server.port)
        other.send(request("GET", "/"))
        #expect(other.receive()?.status == 200)
        #expect(server.count == 50)
    }

    @Test("a client that went away is noticed at the second write, and its stream let go")
    func goneClient() throws {
        let server = try StreamServer()
        var client: RawClient? = RawClient(port: server.port)
        client?.send(request("GET", "/feed"))
        _ = client?.receive(until: "\r\n\r\n")
        client = nil
        for _ in 0..<1_000 where server.count > 0 {
            server.publish("beat")
            usleep(5_000)
        }
        #expect(server.count == 0)
    }

    @Test("a client that does not read is not asked for more than the sockets hold")
    func deafClient() throws {
        let asked = Counter()
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            let piece = [UInt8](repeating: 120, count: 65_536)
            let stream = BodyStream(next: {
                asked.add()
                return .bytes(piece)
            })
            exchange.answer(HTTPResponse(status: 200, from: .stream(stream)))
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        var before = -1
        while before != asked.count {
            before = asked.count
            usleep(200_000)
        }
        // Kernel buffers hold a few megabytes.
        #expect(asked.count < 1_000)
        listener.stop(graceMilliseconds: 50)
    }

    @Test("a stop ends streams whole, at once, and without an abort")
    func stop() throws {
        for _ in 0..<5 {
            let server = try StreamServer()
            let clients = (0..<40).map { _ in RawClient(port: server.port) }
            for client in clients { client.send(request("GET", "/feed")) }
            for client in clients { _ = client.receive(until: "\r\n\r\n") }
            let elapsed = ContinuousClock().measure {
                server.listener.stop(graceMilliseconds: 10_000)
            }
            #expect(elapsed < .seconds(5))
            for client in clients { #expect(client.receiveAll() == "0\r\n\r\n") }
            #expect(server.count == 0)
            // Too late, and without effect.
            server.publish("late")
        }
    }

    @Test("stopping while streams are opened, fed and left neither aborts nor hangs")
    func underFire() throws {
        for _ in 0..<5 {
            let server = try StreamServer()
            let opened = Counter()
            let port = server.port
            concurrently(9) { number in
                if number == 8 {
                    while opened.count < 60 { server.publish("calm-otter") }
                    server.listener.stop(graceMilliseconds: 1_000)
                    return
                }
                while true {
                    let client = RawClient(port: port)
                    guard client.isConnected, client.send(request("GET", "/feed")) else { break }
                    guard client.receive(until: "otter").hasSuffix("otter") else { break }
                    opened.add()
                }
            }
            #expect(server.count == 0)
        }
    }

    @Test("a stream that is cut is seen to be broken off")
    func cutStream() throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/feed"))
        _ = client.receive(until: "\r\n\r\n")
        server.publish("calm-otter")
        _ = client.receive(until: "calm-otter\r\n")
        server.cutAll()
        #expect(client.receiveAll().isEmpty)
        server.waitUntil { $0 == 0 }
    }

    @Test(
        "an exchange can be cut without an answer, at once and later",
        arguments: ["/cut", "/cut-later"]
    )
    func cutExchange(path: String) throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", path, "Content-Length: 2") + "{}")
        #expect(client.receiveAll().isEmpty)
        let other = RawClient(port: server.port)
        other.send(request())
        #expect(other.receive()?.status == 200)
    }

    @Test("a stream whose client never got it is let go")
    func neverBegun() throws {
        let server = try StreamServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/twice"))
        #expect(client.receive()?.status == 204)
        server.waitUntil { $0 == 0 }
    }
}

/// Streams what is published to all that asked for `/feed`.
private final class StreamServer: Sendable {
    /// Held weakly, or a stream would never be let go.
    private struct Held {
        weak var stream: BodyStream?
    }

    private struct Feed {
        var texts: [String] = []
        var streams: [Int: Held] = [:]
        var opened = 0
    }

    let listener: Listener
    private let feed: Locked<Feed>

    init() throws {
        let feed = Locked(Feed())
        self.feed = feed
        listener = try Listener(HTTPConfiguration()) { request, exchange in
            switch request.path {
            case "/feed": exchange.answer(StreamServer.stream(of: feed))
            case "/twice":
                exchange.answer(HTTPResponse(status: 204))
                exchange.answer(StreamServer.stream(of: feed))
            case "/cut": exchange.cut()
            case "/cut-later":
                DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) {
                    exchange.cut()
                }
            default: exchange.answer(HTTPResponse(status: 200))
            }
        }
    }

    deinit {
        listener.stop(graceMilliseconds: 0)
    }

    var port: UInt16 { listener.port }

    /// How many streams there are.
    var count: Int { feed.withLock { $0.streams.count } }

    func publish(_ text: String) {
        for stream in feed.withLock({ feed in
            feed.texts.append(text)
            return feed.streams.values.compactMap(\.stream)
        }) {
            stream.wake()
        }
    }

    func endAll() {
        for stream in streams { stream.end() }
    }

    func cutAll() {
        for stream in streams { stream.cut() }
    }

    /// Waits until the number of streams is as it should be, ten seconds at most.
    func waitUntil(_ isEnough: (Int) -> Bool) {
        for _ in 0..<2_000 where !isEnough(count) { usleep(5_000) }
        #expect(isEnough(count))
    }

    private var streams: [BodyStream] {
        feed.withLock { $0.streams.values.compactMap(\.stream) }
    }

    private static func stream(of feed: Locked<Feed>) -> HTTPResponse {
        let (number, first) = feed.withLock { feed in
            feed.opened += 1
            return (feed.opened, feed.texts.count)
        }
        let position = Locked(first)
        let stream = BodyStream(
            next: {
                position.withLock { position in
                    let texts = feed.withLock { [position] in Array($0.texts[position...]) }
                    position += texts.count
                    return texts.isEmpty ? .later : .bytes(Array(texts.joined().utf8))
                }
            },
            closed: { feed.withLock { $0.streams[number] = nil } }
        )
        feed.withLock { $0.streams[number] = Held(stream: stream) }
        return HTTPResponse(
            status: 200,
            headers: [("Content-Type", "text/event-stream")],
            from: .stream(stream)
        )
    }
}
