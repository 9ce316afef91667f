internal import Glibc
internal import Invocation
internal import Threads

/// A TCP connection to a server.
final class ServerConnection: Sendable {
    private let socket: Int32

    /// Why nothing more comes.
    enum Failure: Error {
        case cancelled
        case other(String)
    }

    private init(socket: Int32) {
        self.socket = socket
    }

    deinit { close(socket) }

    /// Connects to the first of the server's addresses that answers.
    static func open(
        _ endpoint: Endpoint,
        timeoutSeconds: Int
    ) throws(ClientError) -> ServerConnection {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        // The list that is allocated here is freed below; nothing points into it afterwards.
        guard getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first) == 0 else {
            throw .unreachable(address: endpoint.authority, reason: "the name is not known")
        }
        defer { freeaddrinfo(first) }
        var reason = "nothing listens there"
        var next = first
        while let address = next {
            let socket = Glibc.socket(
                address.pointee.ai_family,
                address.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue),
                address.pointee.ai_protocol
            )
            if socket >= 0 {
                let connection = ServerConnection(socket: socket)
                connection.bound(timeoutSeconds)
                if connect(socket, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0 {
                    return connection
                }
            }
            reason = String(cString: strerror(errno))
            next = address.pointee.ai_next
        }
        throw .unreachable(address: endpoint.authority, reason: reason)
    }

    /// Bounds connecting and sending; receiving is bounded by whoever waits.
    private func bound(_ seconds: Int) {
        var timeout = timeval(tv_sec: seconds, tv_usec: 0)
        var isOn: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            socket,
            Int32(IPPROTO_TCP),
            TCP_NODELAY,
            &isOn,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// - Returns: false when the server takes no more.
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Waits for more; an empty piece is the end.
    func read(timeoutSeconds: Int?, _ cancellation: Cancellation) throws(Failure) -> [UInt8] {
        let deadline = timeoutSeconds.map { Deadline(afterMilliseconds: $0 * 1_000) }
        while true {
            if cancellation.isCancelled { throw .cancelled }
            if let deadline, deadline.hasPassed { throw .other("no answer came in time") }
            var event = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            guard poll(&event, 1, 100) > 0 else { continue }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = recv(socket, &piece, piece.count, Int32(MSG_DONTWAIT))
            if count > 0 { return Array(piece[..<count]) }
            if count == 0 || errno == ECONNRESET || errno == EPIPE { return [] }
            guard errno == EAGAIN || errno == EINTR else {
                throw .other(String(cString: strerror(errno)))
            }
        }
    }
}
