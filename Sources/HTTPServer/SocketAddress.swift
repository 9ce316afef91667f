internal import CMicroHTTPD
internal import Glibc

/// IP addresses as text and as the kernel takes them.
enum SocketAddress {
    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    static func isLiteral(_ text: String) -> Bool { isIPv4(text) || isIPv6(text) }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || (isIPv4(host) && host.hasPrefix("127."))
    }

    /// The text of an address that the kernel gave.
    static func text(of address: UnsafePointer<sockaddr>?) -> String {
        guard let address else { return "" }
        let family = Int32(address.pointee.sa_family)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let raw = UnsafeRawPointer(address)
            let result =
                switch family {
                case AF_INET:
                    inet_ntop(
                        family,
                        raw + MemoryLayout<sockaddr_in>.offset(of: \.sin_addr).unsafelyUnwrapped,
                        start,
                        64
                    )
                case AF_INET6:
                    inet_ntop(
                        family,
                        raw + MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr).unsafelyUnwrapped,
                        start,
                        64
                    )
                default: nil as UnsafePointer<CChar>?
                }
            return result.map { String(cString: $0) } ?? ""
        }
    }
}
