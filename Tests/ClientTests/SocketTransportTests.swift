import Client
import Glibc
import HTTPServer
import Invocation
import Testing
import Threads

@Suite("The transport over a socket")
struct SocketTransportTests {
    /// A server that sends given bytes to whoever connects, once, and closes.
    private final class RawHost: Sendable {
        let port: UInt16
        private let socket: Int32

        init(_ answer: String) throws {
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            self.socket = socket
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    _ = bind(socket, address, size)
                    _ = listen(socket, 4)
                    _ = getsockname(socket, address, &size)
                }
            }
            port = UInt16(bigEndian: address.sin_port)
            let bytes = Array(answer.utf8)
            var thread = pthread_t()
            let work = Unmanaged.passRetained(Work(socket: socket, bytes: bytes))
            pthread_create(
                &thread,
                nil,
                { context in
                    guard let context else { return nil }
                    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
                    return nil
                },
                work.toOpaque()
            )
            pthread_detach(thread)
        }

        deinit { close(socket) }

        private final class Work: Sendable {
            let socket: Int32
            let bytes: [UInt8]

            init(socket: Int32, bytes: [UInt8]) {
                self.socket = socket
                self.bytes = bytes
            }

            func run() {
                let client = accept(socket, nil, nil)
                var request = [UInt8](repeating: 0, count: 65_536)
                _ = recv(client, &request, request.count, 0)
                // A byte at a time, so that every piece of the reader has to wait for more.
                for byte in bytes {
                    _ = withUnsafeBytes(of: byte) {
                        Glibc.send(client, $0.baseAddress, 1, Int32(MSG_NOSIGNAL))
                    }
                }
                close(client)
            }
        }

        func ask(_ method: String = "GET") throws -> HTTPAnswer {
            let endpoint = try #require(Endpoint("http://127.0.0.1:\(port)"))
            let transport = SocketTransport(to: endpoint)
            return try transport.send(ClientRequest(method, "/", host: transport.authority))
        }
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",
            "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nhe\r\n03\r\nllo\r\n0\r\n"
                + "Trailer: x\r\n\r\n",
        ]
    )
    func `A body is read in whatever frame it comes`(answer: String) throws {
        let answer = try RawHost(answer).ask()
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
    }

    @Test(
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", "SSH-2.0-OpenSSH_9\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\nx: y",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe", "",
        ]
    )
    func `What is no whole answer is an error`(answer: String) throws {
        let host = try RawHost(answer)
        #expect(throws: ClientError.self) { try host.ask() }
    }

    @Test func `The answer to a HEAD has no body whatever its length says`() throws {
        let host = try RawHost("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        #expect(try host.ask("HEAD").body.isEmpty)
    }

    @Test func `Large bodies pass both ways, one call after the other`() throws {
        let host = try ScratchHost { request, _ in HTTPResponse(status: 200, body: request.body) }
        let transport = SocketTransport(to: try #require(host.endpoint))
        let body = (0..<60_000).map { UInt8($0 % 251) }
        for _ in 0..<20 {
            let request = ClientRequest("POST", "/", host: transport.authority, body: body)
            let isSame = try transport.send(request).body == body
            #expect(isSame)
        }
        #expect(host.requests.count == 20)
    }

    @Test func `A server that says nothing is given up`() throws {
        let held = Locked<[Exchange]>([])
        let listener = try Listener(HTTPConfiguration()) { _, exchange in
            held.withLock { $0.append(exchange) }
        }
        defer { listener.stop(graceMilliseconds: 0) }
        let transport = SocketTransport(
            to: try #require(Endpoint("http://127.0.0.1:\(listener.port)"))
        )
        var request = ClientRequest("GET", "/", host: transport.authority)
        request.timeoutSeconds = 0
        #expect(
            throws: ClientError.failed(
                address: transport.authority,
                reason: "no answer came in time"
            )
        ) { try transport.send(request) }
        let cancellation = Cancellation()
        cancellation.cancel()
        request.timeoutSeconds = nil
        #expect(throws: ClientError.cancelled) {
            try transport.send(request, until: cancellation) { _, _ in true }
        }
    }
}
