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
        guard let isIPv6 = IPAddress(address)?.isIPv6 else { throw .notAnAddress(host) }
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            | Int32(SOCK_NONBLOCK.rawValue)
        descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, kind, 0)
        guard descriptor >= 0 else { throw .system(String(cString: strerror(errno))) }
        // A server that was stopped a moment ago must not keep its successor from the port.
        var yes: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, size)
        let isBound =
            isIPv6
            ? ListeningSocket.bindIPv6(descriptor, address, port)
            : ListeningSocket.bindIPv4(descriptor, address, port)
        guard isBound, listen(descriptor, 511) == 0 else {
            let code = errno
            close(descriptor)
            switch code {
            case EADDRINUSE: throw .portTaken(port)
            case EADDRNOTAVAIL: throw .addressNotHere(host)
            case EACCES: throw .portReserved(port)
            default: throw .system(String(cString: strerror(code)))
            }
        }
        self.port = ListeningSocket.boundPort(descriptor)
    }

    private static func bindIPv4(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        return bind(descriptor, to: &address)
    }

    private static func bindIPv6(_ descriptor: Int32, _ host: String, _ port: UInt16) -> Bool {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        inet_pton(AF_INET6, host, &address.sin6_addr)
        return bind(descriptor, to: &address)
    }

    private static func bind<Address>(_ descriptor: Int32, to address: inout Address) -> Bool {
        withUnsafeBytes(of: &address) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            return Glibc.bind(descriptor, start, socklen_t(bytes.count)) == 0
        }
    }

    /// Both families keep the port in the same two bytes.
    private static func boundPort(_ descriptor: Int32) -> UInt16 {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutableBytes(of: &address) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            getsockname(descriptor, start, &length)
        }
        return UInt16(bigEndian: address.sin6_port)
    }
}
