import Glibc
import Testing

/// A request whose body does not come: a server that stops waits for it for a moment.
final class HalfRequest {
    private let descriptor: Int32

    /// Sends the head to 127.0.0.1 and waits until the server asks for the body.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        let connected = withUnsafeBytes(of: &address) { [descriptor] bytes in
            connect(
                descriptor,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        try #require(connected == 0)
        let head = [
            "POST / HTTP/1.1", "Host: 127.0.0.1:\(port)", "Content-Length: 10",
            "Expect: 100-continue", "", "",
        ].joined(separator: "\r\n")
        send(descriptor, head, head.utf8.count, Int32(MSG_NOSIGNAL))
        var answer = [UInt8](repeating: 0, count: 1_024)
        let count = recv(descriptor, &answer, answer.count, 0)
        let text = String(decoding: answer.prefix(max(count, 0)), as: UTF8.self)
        try #require(text.hasPrefix("HTTP/1.1 100 "), "\(text)")
    }

    deinit { close(descriptor) }
}
