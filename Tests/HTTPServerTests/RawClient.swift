import Glibc
import Testing

/// A TCP client that sends just the bytes it is given.
final class RawClient: Sendable {
    private let descriptor: Int32
    private let tls: TLSLayer?
    /// Whether the server took the connection.
    let isConnected: Bool

    /// Connects to 127.0.0.1, and speaks TLS there as it is told.
    init(port: UInt16, _ settings: TLSLayer.Settings? = nil) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let size = socklen_t(MemoryLayout<timeval>.size)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
        // Pieces are sent as they are: that is what some tests are about.
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, 4)
        let result = withUnsafePointer(to: &address) { [descriptor] pointer in
            connect(
                descriptor,
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size)
            )
        }
        tls = settings.map { [descriptor] in TLSLayer(over: descriptor, $0) }
        isConnected = result == 0 && tls?.isAgreed != false
    }

    /// The protocol that was agreed on, as TLS calls it; nil without TLS.
    var tlsVersion: String? { tls?.version }

    /// What runs over TLS; nil when nothing was chosen.
    var chosenProtocol: String? { tls?.chosenProtocol }

    deinit {
        close(descriptor)
    }

    /// False when the server has closed the connection.
    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        if let tls { return tls.send(bytes) }
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Reads one response, a `100 Continue` too, by its Content-Length; nil when the connection ends
    /// before it does.
    func receive() -> RawResponse? {
        var bytes: [UInt8] = []
        let blank = Array("\r\n\r\n".utf8)
        while true {
            guard let byte = readSome(1) else {
                if !bytes.isEmpty { Issue.record("an answer was cut in its head") }
                return nil
            }
            bytes += byte
            guard bytes.suffix(4).elementsEqual(blank) else { continue }
            var response = RawResponse(head: String(decoding: bytes, as: UTF8.self))
            if response.status == 100 { return response }
            while response.body.utf8.count < response.contentLength {
                guard let piece = readSome(response.contentLength - response.body.utf8.count)
                else {
                    Issue.record("an answer was cut in its body")
                    return nil
                }
                response.body += String(decoding: piece, as: UTF8.self)
            }
            return response
        }
    }

    /// Reads until the server closes: all that it had to say.
    func receiveAll() -> String {
        var bytes: [UInt8] = []
        while let piece = readSome(65_536) { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until a text was sent, or the connection ends: all that came.
    func receive(until text: String) -> String {
        var bytes: [UInt8] = []
        while !bytes.suffix(text.utf8.count).elementsEqual(text.utf8), let byte = readSome(1) {
            bytes += byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether there is something to read, at once or before so much time is over.
    func isReadable(within milliseconds: Int32 = 0) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) == 1
    }

    /// The client will send nothing more.
    func finishSending() {
        tls?.finish()
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the server closes the connection without another byte.
    func isClosedByServer() -> Bool { readSome(1) == nil }

    private func readSome(_ count: Int) -> [UInt8]? {
        if let tls { return tls.receive(count) }
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
