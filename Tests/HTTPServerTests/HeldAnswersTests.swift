import Dispatch
import HTTPServer
import Testing
import Threads

@Suite("Answers to requests that came at once")
struct HeldAnswersTests {
    /// A listener of one thread that is kept busy while further requests come, so that it finds all of
    /// them when it looks again.
    private final class BusyListener: Sendable {
        private let isBusy = DispatchSemaphore(value: 0)
        private let mayGoOn = DispatchSemaphore(value: 0)
        private let listener: Listener
        private let first: RawClient

        /// Has `handle` told of each request but those that keep it busy, before they are answered.
        init(_ handle: @escaping @Sendable (HTTPRequest) -> Void = { _ in }) throws {
            listener = try Listener(HTTPConfiguration(threads: 1)) { [isBusy, mayGoOn] in
                if $0.path == "/first" {
                    isBusy.signal()
                    mayGoOn.wait()
                } else {
                    handle($0)
                }
                // Whole answers only are held back.
                $1.answer(HTTPResponse(status: 200, body: Array("there".utf8)))
            }
            first = RawClient(port: listener.port)
        }

        /// Clients with a former answer: libmicrohttpd itself sends the first one on at once.
        func clients(_ count: Int) -> [RawClient] {
            (0..<count).map { _ in
                let client = RawClient(port: listener.port)
                client.send(request())
                #expect(client.receive()?.status == 200)
                return client
            }
        }

        /// Sends what the listener then finds at once.
        func whileBusy(_ send: () -> Void) {
            first.send(request("GET", "/first"))
            isBusy.wait()
            send()
            mayGoOn.signal()
            #expect(first.receive()?.status == 200)
        }
    }

    /// What a handler of `/last` sees of the answer to `/quick`, which came with it.
    private final class Round: Sendable {
        private let quick = Locked<RawClient?>(nil)
        private let isMade = Locked(false)
        private let seen = Locked<Bool?>(nil)
        private let sendsHeld: Bool

        init(sendsHeld: Bool) {
            self.sendsHeld = sendsHeld
        }

        func handle(_ request: HTTPRequest) {
            switch request.path {
            case "/quick": isMade.withLock { $0 = true }
            case "/last":
                if sendsHeld { HeldAnswers.send() }
                // What was sent is there by now; what was not, the kernel sends after 200 ms.
                let isThere = quick.withLock { $0 }?.isReadable(within: sendsHeld ? 100 : 20)
                if isMade.withLock({ $0 }) { seen.withLock { $0 = isThere } }
            default: break
            }
        }

        /// Whether the answer to `/quick` was there during `/last`; nil when that came first.
        func run(_ listener: BusyListener) -> Bool? {
            let clients = listener.clients(2)
            isMade.withLock { $0 = false }
            seen.withLock { $0 = nil }
            quick.withLock { $0 = clients[0] }
            listener.whileBusy {
                clients[0].send(request("GET", "/quick"))
                clients[1].send(request("GET", "/last"))
            }
            for client in clients { #expect(client.receive()?.status == 200) }
            quick.withLock { $0 = nil }
            return seen.withLock { $0 }
        }
    }

    @Test("wait for one another")
    func wait() throws {
        let round = Round(sendsHeld: false)
        let listener = try BusyListener(round.handle)
        // A thread that is kept from running for long may find that the kernel has sent what it held.
        var isHeld = false
        for _ in 0..<50 where !isHeld { isHeld = round.run(listener) == false }
        #expect(isHeld)
    }

    @Test("are sent before what takes long")
    func beforeLongWork() throws {
        let round = Round(sendsHeld: true)
        let listener = try BusyListener(round.handle)
        var results: [Bool] = []
        for _ in 0..<100 where results.count < 10 {
            results += round.run(listener).map { [$0] } ?? []
        }
        #expect(results == Array(repeating: true, count: 10))
    }

    @Test(
        "are sent when all are made, however many there are, and before their connection is closed",
        arguments: [2, 100],
        [[], ["Connection: close"]]
    )
    func end(count: Int, fields: [String]) throws {
        let listener = try BusyListener()
        var isSoon = false
        // Without us the kernel would send them after 200 ms; a busy machine may be late once, not always.
        for _ in 0..<20 where !isSoon {
            let clients = listener.clients(count)
            listener.whileBusy {
                for client in clients { client.send(request("GET", "/", lines: fields)) }
            }
            isSoon = clients.allSatisfy { $0.isReadable(within: 50) }
            for client in clients {
                #expect(client.receive()?.status == 200)
                if !fields.isEmpty { #expect(client.isClosedByServer()) }
            }
        }
        #expect(isSoon)
    }
}
