internal import CMicroHTTPD
internal import Glibc

/// A TCP socket that listens; whoever takes its descriptor closes it.
///
/// We make it ourselves rather than let libmicrohttpd do it, so that an address that is taken is
/// told from one that is not ours, and the port that the kernel chose is known.
struct ListeningSocket {
    let descriptor: Int32
    let port: UInt16

    init(host: String, port: UInt16) throws(ListenerError) {
        let address = host == "localhost" ? "127.0.0.1" : host
        let isIPv6 = SocketAddress.isIPv6(address)
        guard isIPv6 || SocketAddress.isIPv4(address) else { throw .notAnAddress(host) }
        descriptor = socket(
            isIPv6 ? AF_INET6 : AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
                | Int32(SOCK_NONBLOCK.rawValue),
            0
        )
        guard descriptor >= 0 else { throw .system(ListeningSocket.lastError) }
        var yes: Int32 = 1
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_REUSEADDR,
            &yes,
            socklen_t(MemoryLayout<Int32>.size)
        )
        let result =
            isIPv6
            ? ListeningSocket.bindIPv6(descriptor, address, port)
            : ListeningSocket.bindIPv4(descriptor, address, port)
        guard result == 0, listen(descriptor, 511) == 0 else {
            let code = errno
            let text = ListeningSocket.lastError
            close(descriptor)
            switch code {
            case EADDRINUSE: throw .portTaken(port)
            case EADDRNOTAVAIL: throw .addressNotHere(host)
            case EACCES: throw .portReserved(port)
            default: throw .system(text)
            }
        }
        self.port = ListeningSocket.boundPort(descriptor)
    }

    private static func bindIPv4(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return withUnsafePointer(to: &address) { pointer in
            bind(
                descriptor,
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in>.size)
            )
        }
    }

    private static func bindIPv6(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Int32 {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        return withUnsafePointer(to: &address) { pointer in
            bind(
                descriptor,
                UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_in6>.size)
            )
        }
    }

    /// Both families keep the port in the same two bytes.
    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var storage = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutablePointer(to: &storage) { pointer in
            _ = getsockname(
                descriptor,
                UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                &length
            )
        }
        return UInt16(bigEndian: storage.sin6_port)
    }

    private static var lastError: String { String(cString: strerror(errno)) }
}

/// Why the server cannot listen, and what to do about it.
package enum ListenerError: Error, Sendable, Equatable, CustomStringConvertible {
    case portTaken(UInt16)
    case portReserved(UInt16)
    case addressNotHere(String)
    case notAnAddress(String)
    case system(String)

    package var description: String {
        switch self {
        case .portTaken(let port):
            "port \(port) is taken by another program; choose another with --port, or 0 for any"
        case .portReserved(let port):
            "port \(port) needs root; choose one of 1024 or more with --port"
        case .addressNotHere(let host):
            "\(host) is not an address of this machine; choose another with --host"
        case .notAnAddress(let host):
            "\(host) is not an IP address; --host takes one, as in 127.0.0.1, or localhost"
        case .system(let text):
            "cannot listen: \(text)"
        }
    }
}
