import Dispatch
import Glibc
import HTTPServer
import Testing
import Threads

@Suite("Stopping", .timeLimit(.minutes(1)))
struct StopTests {
    @Test("an answer that comes during the grace arrives whole")
    func graceful() throws {
        let entered = DispatchSemaphore(value: 0)
        let exchange = Locked<Exchange?>(nil)
        let listener = try Listener(HTTPConfiguration()) { _, asked in
            exchange.withLock { $0 = asked }
            entered.signal()
        }
        let client = RawClient(port: listener.port)
        client.send(request())
        entered.wait()
        let stopped = DispatchSemaphore(value: 0)
        DispatchQueue(label: "stopper").async {
            listener.stop(graceMilliseconds: 5_000)
            stopped.signal()
        }
        usleep(20_000)
        let body = [UInt8](repeating: 120, count: 3_000_000)
        exchange.withLock { held in
            held?.answer(HTTPResponse(status: 200, body: body))
            held = nil
        }
        #expect(client.receive()?.body.utf8.count == 3_000_000)
        #expect(stopped.wait(timeout: .now() + 5) == .success)
    }

    @Test("clients that are connected and silent do not delay it")
    func idleClients() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request())
        #expect(client.receive()?.status == 200)
        server.listener.stop(graceMilliseconds: 600_000)
        #expect(client.isClosedByServer())
    }

    @Test("what is never answered is cut off after the grace, without an abort")
    func neverAnswered() throws {
        let server = try EchoServer()
        let client = RawClient(port: server.port)
        client.send(request("GET", "/never"))
        while server.keptCount == 0 { usleep(1_000) }
        server.listener.stop(graceMilliseconds: 100)
        #expect(client.receive()?.status == 503)
    }

    @Test("stopping twice is stopping once")
    func twice() throws {
        let server = try EchoServer()
        server.listener.stop()
        server.listener.stop()
    }
}
