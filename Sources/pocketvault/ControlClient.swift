internal import Glibc

/// One HTTP request to a server of ours, over a socket of its own: an HTTP client would be larger
/// than the rest of the program.
struct ControlClient {
    let endpoint: Endpoint
    var timeoutSeconds = 2

    /// What a server answered.
    struct Answer: Equatable {
        let status: String
        let body: String

        /// Reads an answer that ends with the connection; nil for what is no HTTP.
        init?(_ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            let parts = text.prefix { !$0.isNewline }.split(separator: " ")
            guard parts.count >= 2, parts[0].hasPrefix("HTTP/1.") else { return nil }
            status = String(parts[1])
            let head = text.firstRange(of: "\r\n\r\n")
            body = head.map { String(text[$0.upperBound...]) } ?? ""
        }
    }

    /// Why there is no answer.
    struct Unreachable: Error, Equatable {
        let reason: String
    }

    /// Sends a request; a body is JSON.
    func send(_ method: String, _ path: String, body: String? = nil) throws(Unreachable) -> Answer {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        // The list that is allocated here is freed below; nothing points into it afterwards.
        let status = unsafe getaddrinfo(endpoint.host, String(endpoint.port), &hints, &first)
        guard status == 0 else { throw Unreachable(reason: "the name is not known") }
        defer { unsafe freeaddrinfo(first) }
        var failure = Unreachable(reason: "nothing listens there")
        var next = unsafe first
        while let address = unsafe next {
            do throws(Unreachable) {
                return try unsafe ask(address.pointee, request(method, path, body))
            } catch {
                failure = error
            }
            unsafe next = address.pointee.ai_next
        }
        throw failure
    }

    /// In HTTP/1.0, so that the answer comes in one piece and the connection ends with it.
    private func request(_ method: String, _ path: String, _ body: String?) -> String {
        var head = "\(method) \(path) HTTP/1.0\r\nHost: \(endpoint.authority)\r\n"
        if let body {
            head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
        }
        return head + "\r\n" + (body ?? "")
    }

    private func ask(_ address: addrinfo, _ request: String) throws(Unreachable) -> Answer {
        let socket = unsafe Glibc.socket(
            address.ai_family,
            address.ai_socktype,
            address.ai_protocol
        )
        guard socket >= 0 else { throw ControlClient.lastError }
        defer { close(socket) }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // Each reads the one structure whose size it is told. The first bounds connecting as well.
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        _ = unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        guard unsafe connect(socket, address.ai_addr, address.ai_addrlen) == 0 else {
            throw ControlClient.lastError
        }
        Terminal.write(Array(request.utf8), to: socket)
        guard let answer = Answer(received(from: socket)) else {
            throw Unreachable(reason: "what answers there is no HTTP server")
        }
        return answer
    }

    /// What comes until the server closes or time is up.
    private func received(from socket: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while bytes.count < 64 << 20 {
            // Writes no more than the buffer holds.
            let count = unsafe buffer.withUnsafeMutableBytes { buffer in
                unsafe recv(socket, buffer.baseAddress, buffer.count, 0)
            }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }

    private static var lastError: Unreachable {
        // The text of an error number is a constant of the C library.
        Unreachable(reason: unsafe String(cString: strerror(errno)))
    }
}
