package import Invocation
internal import Threads

/// Calls a server over plain HTTP, by a socket of our own: to load libcurl takes as long as ten
/// commands.
///
/// The connection is kept for the next call, where the server keeps it.
package final class SocketTransport: Transport {
    private let endpoint: Endpoint
    private let kept = Locked<[ServerConnection]>([])

    /// A transport to an http endpoint.
    package init(to endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    package var authority: String { endpoint.authority }

    package func send(
        _ request: ClientRequest,
        until cancellation: Cancellation,
        receiving receive: @escaping (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ClientError) -> HTTPAnswer {
        // A server may close a connection that it kept just when the next request is on its way.
        if let connection = kept.withLock({ $0.popLast() }),
            let head = try exchange(request, on: connection, isReused: true, cancellation, receive)
        {
            return head
        }
        let connection = try ServerConnection.open(
            endpoint,
            timeoutSeconds: request.timeoutSeconds ?? 10
        )
        guard
            let head = try exchange(request, on: connection, isReused: false, cancellation, receive)
        else { throw .failed(address: authority, reason: "the connection was closed at once") }
        return head
    }

    /// - Returns: nil when the server closed a connection without a word.
    private func exchange(
        _ request: ClientRequest,
        on connection: ServerConnection,
        isReused: Bool,
        _ cancellation: Cancellation,
        _ receive: (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ClientError) -> HTTPAnswer? {
        let reader = AnswerReader(
            connection,
            timeoutSeconds: request.timeoutSeconds,
            cancellation: cancellation
        )
        do throws(ServerConnection.Failure) {
            // What refuses a body early answers all the same; so what cannot be sent is no failure yet.
            let isSent = connection.write(SocketTransport.bytes(of: request))
            guard let head = try reader.head() else {
                guard isReused || isSent else { throw .other("the connection was closed") }
                return nil
            }
            let isWhole = try reader.body(of: head, to: request.method, receive)
            if isWhole && isSent && reader.keepsConnection {
                kept.withLock { $0.append(connection) }
            }
            return head
        } catch {
            switch error {
            case .cancelled: throw .cancelled
            case .other(let reason): throw .failed(address: authority, reason: reason)
            }
        }
    }

    private static func bytes(of request: ClientRequest) -> [UInt8] {
        var head = "\(request.method) \(request.target) HTTP/1.1\r\n"
        for field in request.fields { head += "\(field.name): \(field.value)\r\n" }
        if !request.body.isEmpty || request.method == "POST" {
            head += "Content-Length: \(request.body.count)\r\n"
        }
        return Array((head + "\r\n").utf8) + request.body
    }
}
