internal import CMicroHTTPD
internal import Glibc

/// The address of a client, kept as bytes: few requests ever need it as text.
enum Peer: Sendable {
    case ipv4(UInt32)
    case ipv6(UInt64, UInt64)
    case text(String)

    /// Copies the address that the kernel gave.
    init(_ address: UnsafePointer<sockaddr>?) {
        guard let address else {
            self = .text("")
            return
        }
        let raw = UnsafeRawPointer(address)
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self = .ipv4(raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr)
        case AF_INET6:
            let bytes = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            let (high, low) = unsafeBitCast(bytes, to: (UInt64, UInt64).self)
            self = .ipv6(high, low)
        default:
            self = .text("")
        }
    }

    /// The address as a log or a policy condition writes it; a mapped IPv4 address as IPv4.
    var description: String {
        switch self {
        case .text(let text): return text
        case .ipv4(Peer.loopback): return "127.0.0.1"
        case .ipv4(let address): return Peer.text(AF_INET, address)
        case .ipv6(let high, let low):
            let mapped: UInt32 = 0xFFFF
            guard high == 0, UInt32(truncatingIfNeeded: low) == mapped.bigEndian else {
                return Peer.text(AF_INET6, (high, low))
            }
            return Peer.text(AF_INET, UInt32(truncatingIfNeeded: low >> 32))
        }
    }

    /// What almost every client calls from.
    private static let loopback = UInt32(0x7F00_0001).bigEndian

    private static func text<Address>(_ family: Int32, _ address: Address) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            withUnsafePointer(to: address) { pointer in
                guard
                    let start = buffer.baseAddress,
                    inet_ntop(family, pointer, start, socklen_t(buffer.count)) != nil
                else { return "" }
                return String(cString: start)
            }
        }
    }
}
