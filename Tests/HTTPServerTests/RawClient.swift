import Glibc

/// A TCP client that sends just the bytes it is given.
final class RawClient: Sendable {
    private let descriptor: Int32

    init(port: UInt16) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
        _ = withUnsafePointer(to: &address) { pointer in
            connect(
                descriptor,
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size)
            )
        }
    }

    deinit {
        close(descriptor)
    }

    /// False when the server has closed the connection.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads one response, by its Content-Length; nil when the connection ends before it does.
    func receive() -> RawResponse? {
        var bytes: [UInt8] = []
        let blank = Array("\r\n\r\n".utf8)
        while true {
            guard let byte = readSome(1) else { return nil }
            bytes += byte
            guard bytes.suffix(4).elementsEqual(blank) else { continue }
            var response = RawResponse(head: String(decoding: bytes, as: UTF8.self))
            if response.status == 100 {
                bytes = []
                continue
            }
            while response.body.utf8.count < response.contentLength {
                guard let piece = readSome(response.contentLength - response.body.utf8.count)
                else { return nil }
                response.body += String(decoding: piece, as: UTF8.self)
            }
            return response
        }
    }

    /// Whether the server closes the connection without another byte.
    func isClosedByServer() -> Bool { readSome(1) == nil }

    private func readSome(_ count: Int) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: count)
        let received = recv(descriptor, &buffer, count, 0)
        return received > 0 ? Array(buffer.prefix(received)) : nil
    }
}

/// A response as it came over the wire.
struct RawResponse {
    let head: String
    var body = ""

    init(head: String) {
        self.head = head
    }

    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    var contentLength: Int { header("content-length").flatMap { Int($0) } ?? 0 }

    func header(_ name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2, parts[0].lowercased() == name {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }
}
