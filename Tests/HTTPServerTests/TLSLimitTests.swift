import Dispatch
import Glibc
import HTTPServer
import Testing
import Threads

@Suite("TLS: who keeps others out, and the stop", .serialized, .timeLimit(.minutes(2)))
struct TLSLimitTests {
    /// The beginning of a greeting, which says that more comes.
    private static let half: [UInt8] = [0x16, 3, 1, 2, 0, 1, 0, 1]

    @Test("who sends no first byte, or half a greeting, is cut off after the limit")
    func slowGreeting() throws {
        let server = try TLSServer { $0.limits.headSeconds = 1 }
        let silent = RawClient(port: server.port)
        let slow = RawClient(port: server.port)
        slow.send(Self.half)
        let other = try server.client()
        other.send(request())
        #expect(other.receive()?.status == 200)
        #expect(silent.isClosedByServer())
        #expect(slow.isClosedByServer())
        other.send(request())
        #expect(other.receive()?.status == 200)
    }

    @Test("after the greeting a client has its time for the head of a request, and no more")
    func slowHead() throws {
        let server = try TLSServer { $0.limits.headSeconds = 1 }
        let client = try server.client()
        client.send("GET / HTTP/1.1\r\nHo")
        #expect(client.isClosedByServer())
    }

    @Test("an idle connection is closed")
    func idle() throws {
        let server = try TLSServer { $0.limits.idleSeconds = 1 }
        let client = try server.client()
        client.send(request())
        #expect(client.receive()?.status == 200)
        #expect(client.isClosedByServer())
    }

    @Test("as many clients as there are places are served, of either kind; one more waits")
    func places() throws {
        let server = try TLSServer { $0.limits.connections = 4 }
        var clients = try (0..<2).map { _ in try server.client() }
        clients += (0..<2).map { _ in RawClient(port: server.port) }
        for client in clients {
            client.send(request())
            #expect(client.receive()?.status == 200)
        }
        let isServed = Locked(false)
        let settings = try server.settings()
        let port = server.port
        let served = DispatchSemaphore(value: 0)
        DispatchQueue(label: "fifth").async {
            let fifth = RawClient(port: port, settings)
            fifth.send(request())
            let status = fifth.receive()?.status
            isServed.withLock { $0 = status == 200 }
            served.signal()
        }
        #expect(served.wait(timeout: .now() + 0.5) == .timedOut)
        clients.removeFirst()
        #expect(served.wait(timeout: .now() + 5) == .success)
        #expect(isServed.withLock { $0 })
        // And again, by the end of a plain one.
        clients.removeLast()
        for _ in 0..<10 {
            let next = try server.client()
            next.send(request())
            #expect(next.receive()?.status == 200)
        }
    }

    @Test("many clients of both kinds at once are all answered")
    func many() throws {
        let server = try TLSServer()
        let settings = try server.settings()
        let port = server.port
        let answered = Counter()
        concurrently(100) { number in
            for path in ["/now", "/later", "/large"] {
                let client = RawClient(port: port, number.isMultiple(of: 4) ? nil : settings)
                client.send(request("GET", path))
                if client.receive()?.status == 200 { answered.add() }
            }
        }
        #expect(answered.count == 300)
    }

    @Test("clients that go away in any state leave no descriptor and no place behind")
    func gone() throws {
        let server = try TLSServer { $0.limits.connections = 8 }
        let first = try server.client()
        first.send(request())
        #expect(first.receive()?.status == 200)
        let (sockets, descriptors) = (openSockets(on: server.port), openDescriptors())
        for round in 0..<40 {
            switch round % 5 {
            case 0: _ = RawClient(port: server.port)
            case 1: RawClient(port: server.port).send(Self.half)
            case 2: _ = try server.client()
            case 3: (try server.client()).send("GET / HTTP/1.1\r\nHost: loc")
            default: (try server.client()).send(request("GET", "/large"))
            }
        }
        wait("sockets are left") { openSockets(on: server.port) <= sockets }
        // Each of them had others, inside. Tests beside this one open and close some too.
        wait("descriptors are left") { openDescriptors() < descriptors + 20 }
        for _ in 0..<8 {
            let client = try server.client()
            client.send(request())
            #expect(client.receive()?.status == 200)
        }
    }

    @Test("a stop lets answers end, refuses what waits, and leaves nobody connected")
    func stop() throws {
        let server = try TLSServer()
        let silent = RawClient(port: server.port)
        let greeting = RawClient(port: server.port)
        greeting.send(Self.half)
        let idle = try server.client()
        idle.send(request())
        #expect(idle.receive()?.status == 200)
        let waiting = try server.client()
        waiting.send(request("GET", "/never"))
        wait("the request did not come") { server.server.keptCount == 1 }
        let stopped = DispatchSemaphore(value: 0)
        let listener = server.server.listener
        DispatchQueue(label: "stop").async {
            listener.stop(graceMilliseconds: 50)
            stopped.signal()
        }
        #expect(waiting.receive()?.status == 503)
        for client in [waiting, idle, silent, greeting] { #expect(client.isClosedByServer()) }
        #expect(stopped.wait(timeout: .now() + 20) == .success)
        wait("sockets are left") { openSockets(on: server.port) == 0 }
    }

    @Test("a client that does not read its answer delays a stop no longer than the grace")
    func deafClient() throws {
        let server = try TLSServer()
        let client = try server.client()
        client.send(request("GET", "/large") + request("GET", "/large") + request("GET", "/large"))
        usleep(50_000)
        let elapsed = ContinuousClock().measure {
            server.server.listener.stop(graceMilliseconds: 50)
        }
        #expect(elapsed < .seconds(5))
    }

    @Test("an answer that is ready when the stop comes arrives whole")
    func wholeAtStop() throws {
        for _ in 0..<10 {
            let server = try TLSServer()
            let settings = try server.settings()
            let port = server.port
            let body = Locked(0)
            let done = DispatchSemaphore(value: 0)
            DispatchQueue(label: "client").async {
                let client = RawClient(port: port, settings)
                client.send(request("GET", "/later"))
                let count = client.receive()?.body.utf8.count ?? 0
                body.withLock { $0 = count }
                done.signal()
            }
            wait("the request did not come") { server.server.asked.count == 1 }
            server.server.listener.stop(graceMilliseconds: 2_000)
            #expect(done.wait(timeout: .now() + 20) == .success)
            #expect(body.withLock { $0 } > 0)
        }
    }
}
