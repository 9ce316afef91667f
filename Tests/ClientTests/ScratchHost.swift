import Client
import HTTPServer
import JSON
import Notation
import SignatureV4
import Threads

/// A server that answers what a test wants, and keeps what it was sent.
final class ScratchHost: Sendable {
    private let listener: Listener
    private let received: Locked<[HTTPRequest]>

    /// Answers each request by `answer`, which is told the how many-th it is.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) -> HTTPResponse) throws {
        let received = Locked<[HTTPRequest]>([])
        self.received = received
        listener = try Listener(HTTPConfiguration()) { request, exchange in
            let number = received.withLock { requests in
                requests.append(request)
                return requests.count
            }
            exchange.answer(answer(request, number))
        }
    }

    deinit { listener.stop(graceMilliseconds: 0) }

    var requests: [HTTPRequest] { received.withLock { $0 } }

    var endpoint: Endpoint? { Endpoint("http://127.0.0.1:\(listener.port)") }

    /// A client of it; it waits for nothing, and keeps how long it should have waited.
    func client(
        pauses: Locked<[Int]> = Locked([]),
        as identity: Identity = Identity(credentials: Identity.testCredentials, region: "eu-west-1")
    ) -> VaultClient {
        var client = VaultClient(
            over: SocketTransport(to: Endpoint("http://127.0.0.1:\(listener.port)") ?? .nowhere),
            as: identity,
            now: { Timestamp(milliseconds: 1_768_471_200_000) },
            newToken: { "11111111-2222-4333-8444-555555555555" }
        )
        client.retries = Retries(attempts: 3) { milliseconds in
            pauses.withLock { $0.append(milliseconds) }
        }
        return client
    }
}

extension Endpoint {
    /// Where nobody ever listens.
    static let nowhere = Endpoint(port: 1)

    private init(port: Int) {
        // A test's own text, which is an address.
        guard let endpoint = Endpoint("http://127.0.0.1:\(port)") else { fatalError() }
        self = endpoint
    }
}

extension HTTPResponse {
    static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [("Content-Type", "application/x-amz-json-1.1")],
            body: Array(text.utf8)
        )
    }
}
