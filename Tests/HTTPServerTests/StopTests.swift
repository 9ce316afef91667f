import CSocketGate
import Dispatch
import Glibc
import HTTPServer
import System
import Testing
import Threads

@Suite("Stopping", .timeLimit(.minutes(1)))
struct StopTests {
    @Test("answers that come during the grace arrive whole")
    func graceful() throws {
        let asked = DispatchSemaphore(value: 0)
        let exchanges = Locked<[Exchange]>([])
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            exchanges.withLock { $0.append(exchange) }
            asked.signal()
        }
        let clients = (0..<8).map { _ in RawClient(port: listener.port) }
        for client in clients { client.send(request()) }
        for _ in clients { asked.wait() }
        let stopped = stop(listener, graceMilliseconds: 5_000)
        waitUntilRefused(listener.port)
        let body = [UInt8](repeating: 120, count: 1_000_000)
        for exchange in exchanges.withLock({ $0 }) {
            exchange.answer(HTTPResponse(status: 200, body: body))
        }
        for client in clients {
            let response = client.receive()
            #expect(response?.body.utf8.count == 1_000_000)
            #expect(response?.header("connection") == "close")
        }
        #expect(stopped.wait(timeout: .now() + 5) == .success)
    }

    @Test("the answer of a handler that runs when the stop begins arrives")
    func runningHandler() throws {
        let entered = DispatchSemaphore(value: 0)
        let leave = DispatchSemaphore(value: 0)
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            entered.signal()
            leave.wait()
            exchange.answer(HTTPResponse(status: 201))
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        entered.wait()
        let stopped = stop(listener, graceMilliseconds: 5_000)
        waitUntilRefused(listener.port)
        leave.signal()
        #expect(client.receive()?.status == 201)
        #expect(stopped.wait(timeout: .now() + 5) == .success)
    }

    @Test("clients that are connected and silent, or half way through a head, do not delay it")
    func idleClients() throws {
        let server = try EchoServer()
        let silent = RawClient(port: server.port)
        let idle = RawClient(port: server.port)
        idle.send(request())
        #expect(idle.receive()?.status == 200)
        let half = RawClient(port: server.port)
        half.send(request() + "GET / HTTP/1.1\r\nHost:")
        #expect(half.receive()?.status == 200)
        let elapsed = ContinuousClock().measure {
            server.listener.stop(graceMilliseconds: 10_000)
        }
        #expect(elapsed < .seconds(5))
        for client in [silent, idle, half] { #expect(client.isClosedByServer()) }
    }

    @Test("what is never answered is cut off after the grace, without an abort")
    func neverAnswered() throws {
        let server = try EchoServer()
        let clients = (0..<4).map { _ in RawClient(port: server.port) }
        for client in clients { client.send(request("GET", "/never")) }
        while server.keptCount < 4 { usleep(1_000) }
        server.listener.stop(graceMilliseconds: 50)
        for client in clients {
            #expect(client.receive()?.status == 503)
            #expect(client.isClosedByServer())
        }
    }

    @Test("an answer that comes after the stop is dropped")
    func lateAnswer() throws {
        let exchanges = Locked<[Exchange]>([])
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            exchanges.withLock { $0.append(exchange) }
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        while exchanges.withLock({ $0.isEmpty }) { usleep(1_000) }
        listener.stop(graceMilliseconds: 0)
        exchanges.withLock { $0 }.first?.answer(HTTPResponse(status: 200))
        #expect(client.receive()?.status == 503)
    }

    @Test("a request that comes on an open connection while the server stops is refused")
    func requestDuringStop() throws {
        let server = try EchoServer()
        let waiting = RawClient(port: server.port)
        waiting.send(request("GET", "/never"))
        while server.keptCount == 0 { usleep(1_000) }
        let open = RawClient(port: server.port)
        open.send(request())
        #expect(open.receive()?.status == 200)
        let stopped = stop(server.listener, graceMilliseconds: 500)
        waitUntilRefused(server.port)
        open.send(request("POST", "/", "Content-Length: 2") + "ab")
        let response = open.receive()
        #expect(response?.status == 503)
        #expect(response?.header("connection") == "close")
        #expect(stopped.wait(timeout: .now() + 5) == .success)
    }

    @Test("a body that is half there at the stop is handled when the rest comes")
    func halfBody() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("POST", "/", "Expect: 100-continue", "Content-Length: 4"))
        #expect(client.receive()?.status == 100)
        client.send("ab")
        let stopped = stop(server.listener, graceMilliseconds: 5_000)
        waitUntilRefused(server.port)
        client.send("cd")
        #expect(client.receive()?.body == "POST / - 4")
        #expect(stopped.wait(timeout: .now() + 5) == .success)
    }

    @Test("a client that does not read its answer delays it no longer than the grace")
    func deafClient() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/large") + request("GET", "/large") + request("GET", "/large"))
        let reader = RawClient(port: server.port)
        reader.send(request())
        #expect(reader.receive()?.status == 200)
        let elapsed = ContinuousClock().measure { server.listener.stop(graceMilliseconds: 50) }
        #expect(elapsed < .seconds(5))
    }

    @Test("a handler that does not return cannot hold the stop")
    func stuckHandler() throws {
        let entered = DispatchSemaphore(value: 0)
        let leave = DispatchSemaphore(value: 0)
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            entered.signal()
            leave.wait()
            exchange.answer(HTTPResponse(status: 200))
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        entered.wait()
        let elapsed = ContinuousClock().measure { listener.stop(graceMilliseconds: 50) }
        #expect(elapsed < .seconds(5))
        leave.signal()
    }

    @Test("stopping under fire neither aborts nor cuts an answer")
    func underFire() throws {
        for _ in 0..<10 {
            let server = try EchoServer()
            let answered = Counter()
            let port = server.port
            concurrently(9) { number in
                guard number < 8 else {
                    while answered.count < 40 { usleep(1_000) }
                    server.listener.stop(graceMilliseconds: 1_000)
                    return
                }
                let client = RawClient(port: port)
                let path = number.isMultiple(of: 2) ? "/now" : "/later"
                // Until it is closed, between two requests: the client notes an answer that is cut.
                while client.send(request("GET", path)), let response = client.receive() {
                    #expect(response.status == 200 || response.status == 503)
                    answered.add()
                    if response.header("connection") == "close" { break }
                }
            }
        }
    }

    /// A client that comes in the midst of a stop wakes a thread of libmicrohttpd's, and both that thread and
    /// the one that stops take the listening socket out of its set.
    @Test("a listening socket that another thread has just taken away does not abort the stop")
    func takenAway() throws {
        let server = try EchoServer()
        let listening = try #require((3..<1_024).first { isListening($0, on: server.port) })
        let sets = (3..<1_024).filter { holds($0, listening) }
        #expect(!sets.isEmpty)
        for set in sets { #expect(epoll_ctl(set, EPOLL_CTL_DEL, listening, nil) == 0) }
        server.listener.stop(graceMilliseconds: 0)
        #expect(!RawClient(port: server.port).isConnected)
    }

    /// Whether a descriptor is of a set that another one is in.
    private func holds(_ set: Int32, _ descriptor: Int32) -> Bool {
        let lines = String(
            decoding: Files.contents(of: "/proc/self/fdinfo/\(set)") ?? [],
            as: UTF8.self
        )
        return lines.split(separator: "\n").contains { line in
            line.split(separator: " ").prefix(2) == ["tfd:", "\(descriptor)"]
        }
    }

    private func isListening(_ descriptor: Int32, on port: UInt16) -> Bool {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0,
            isListening != 0
        else { return false }
        var address = sockaddr_in()
        size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) {
            getsockname(
                descriptor,
                UnsafeMutableRawPointer($0).assumingMemoryBound(to: sockaddr.self),
                &size
            ) == 0
        } && address.sin_port == port.bigEndian
    }

    @Test("stopping twice is stopping once, also at the same time")
    func twice() throws {
        let server = try EchoServer()
        let first = stop(server.listener, graceMilliseconds: 100)
        server.listener.stop()
        server.listener.stop()
        #expect(first.wait(timeout: .now() + 5) == .success)
    }

    /// Stops on another thread; the semaphore tells when it is done.
    private func stop(_ listener: Listener, graceMilliseconds: Int) -> DispatchSemaphore {
        let stopped = DispatchSemaphore(value: 0)
        DispatchQueue(label: "stop").async {
            listener.stop(graceMilliseconds: graceMilliseconds)
            stopped.signal()
        }
        return stopped
    }

    /// Returns when new clients are turned away: the stop has begun.
    private func waitUntilRefused(_ port: UInt16) {
        while RawClient(port: port).isConnected { usleep(1_000) }
    }
}
