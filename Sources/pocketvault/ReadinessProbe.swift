internal import Glibc

/// Asks a server once whether it is ready, over a socket of its own: an HTTP client would be larger
/// than the rest of the program.
struct ReadinessProbe {
    let endpoint: Endpoint

    private static let timeoutSeconds = 2

    enum Result: Equatable {
        case ready
        /// The server answered, but not with 200.
        case notReady(status: String)
        case unreachable(reason: String)
    }

    func run() -> Result {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        // The list that is allocated here is freed below; nothing points into it afterwards.
        let status = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first)
        guard status == 0 else { return .unreachable(reason: "the name is not known") }
        defer { unsafe freeaddrinfo(first) }
        var reason = "nothing listens there"
        var next = unsafe first
        while let address = unsafe next {
            switch unsafe ask(address.pointee) {
            case .unreachable(let why): reason = why
            case let answer: return answer
            }
            unsafe next = address.pointee.ai_next
        }
        return .unreachable(reason: reason)
    }

    private func ask(_ address: addrinfo) -> Result {
        let socket = unsafe Glibc.socket(
            address.ai_family,
            address.ai_socktype,
            address.ai_protocol
        )
        guard socket >= 0 else { return .unreachable(reason: ReadinessProbe.lastError) }
        defer { close(socket) }
        var timeout = timeval(tv_sec: ReadinessProbe.timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Each reads the one structure whose size it is told. The first bounds connecting as well.
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        guard unsafe connect(socket, address.ai_addr, address.ai_addrlen) == 0 else {
            return .unreachable(reason: ReadinessProbe.lastError)
        }
        let request =
            "GET /_pocketvault/ready HTTP/1.1\r\nHost: \(endpoint.authority)\r\n"
            + "Connection: close\r\n\r\n"
        Terminal.write(Array(request.utf8), to: socket)
        return ReadinessProbe.judge(readStatusLine(from: socket))
    }

    /// As much as comes until the line is there, the server closes or time is up.
    private func readStatusLine(from socket: Int32) -> [UInt8] {
        var line: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while !line.contains(UInt8(ascii: "\n")), line.count < 4_096 {
            // Writes no more than the buffer holds.
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
            }
            guard count > 0 else { break }
            line += buffer[..<count]
        }
        return line
    }

    static func judge(_ answer: [UInt8]) -> Result {
        let line = String(decoding: answer.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        let parts = line.split(separator: " ")
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1.") else {
            return .unreachable(reason: "what answers there is no HTTP server")
        }
        return parts[1] == "200" ? .ready : .notReady(status: String(parts[1]))
    }

    private static var lastError: String {
        // The text of an error number is a constant of the C library.
        unsafe String(cString: strerror(errno))
    }
}
