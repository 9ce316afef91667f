import Dispatch
import HTTPServer
import Testing
import Threads

@Suite("Answers to requests that came at once")
struct HeldAnswersTests {
    /// A listener of one thread, and what its handler of `/last` sees of the answer to `/quick`.
    ///
    /// While `/first` is handled the two others come, so that the thread finds both when it looks again.
    private final class Round: Sendable {
        private let isBusy = DispatchSemaphore(value: 0)
        private let mayGoOn = DispatchSemaphore(value: 0)
        private let isMade = Locked(false)
        private let seen = Locked<Bool?>(nil)
        private let quick = Locked<RawClient?>(nil)
        private let sendsHeld: Bool
        private var listener: Listener { get throws { try started.withLock { try #require($0) } } }
        private let started = Locked<Listener?>(nil)

        init(sendsHeld: Bool) throws {
            self.sendsHeld = sendsHeld
            let listener = try Listener(HTTPConfiguration(threads: 1)) { [unowned self] in
                handle($0, $1)
            }
            started.withLock { $0 = listener }
        }

        private func handle(_ request: HTTPRequest, _ exchange: Exchange) {
            switch request.path {
            case "/first":
                isBusy.signal()
                mayGoOn.wait()
            case "/quick": isMade.withLock { $0 = true }
            case "/last":
                if sendsHeld { HeldAnswers.send() }
                // What was sent is there by now; what was not, the kernel sends after 200 ms.
                let isThere = quick.withLock { $0 }?.isReadable(within: sendsHeld ? 100 : 0)
                if isMade.withLock({ $0 }) { seen.withLock { $0 = isThere } }
            default: break
            }
            exchange.answer(HTTPResponse(status: 200, body: Array("there".utf8)))
        }

        /// Whether the answer to `/quick` was there during `/last`; nil when that came first.
        func run() throws -> Bool? {
            let clients = try (0..<3).map { _ in RawClient(port: try listener.port) }
            for client in clients {
                client.send(request())
                #expect(client.receive()?.status == 200)
            }
            isMade.withLock { $0 = false }
            seen.withLock { $0 = nil }
            quick.withLock { $0 = clients[1] }
            clients[0].send(request("GET", "/first"))
            isBusy.wait()
            clients[1].send(request("GET", "/quick"))
            clients[2].send(request("GET", "/last"))
            mayGoOn.signal()
            for client in clients { #expect(client.receive()?.status == 200) }
            quick.withLock { $0 = nil }
            return seen.withLock { $0 }
        }
    }

    @Test("wait for one another")
    func wait() throws {
        let round = try Round(sendsHeld: false)
        // A thread that is kept from running for long may find that the kernel has sent what it held.
        var isHeld = false
        for _ in 0..<100 where !isHeld { isHeld = try round.run() == false }
        #expect(isHeld)
    }

    @Test("are sent before what takes long")
    func beforeLongWork() throws {
        let round = try Round(sendsHeld: true)
        var results: [Bool] = []
        for _ in 0..<100 where results.count < 10 { results += try round.run().map { [$0] } ?? [] }
        #expect(results == Array(repeating: true, count: 10))
    }

    @Test("are all sent, however many there are, and before their connection is closed")
    func many() throws {
        let server = try EchoServer(HTTPConfiguration(threads: 1))
        for closing in [[], ["Connection: close"]] {
            let clients = (0..<100).map { _ in RawClient(port: server.port) }
            for client in clients { client.send(request("GET", "/", lines: closing)) }
            for client in clients {
                #expect(client.receive()?.status == 200)
                if !closing.isEmpty { #expect(client.isClosedByServer()) }
            }
        }
    }
}
