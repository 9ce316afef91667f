internal import Glibc

/// An IP address, read from any of its spellings.
package struct IPAddress: Sendable, Equatable {
    /// Whether its sockets are IPv6's; those of `::ffff:127.0.0.1` are.
    package let isIPv6: Bool
    /// The four or sixteen bytes; four for an IPv4 address that is written as IPv6.
    private let bytes: [UInt8]

    /// Nil for what is no address, a name perhaps.
    package init?(_ text: String) {
        var ipv4 = in_addr()
        var ipv6 = in6_addr()
        if inet_pton(AF_INET, text, &ipv4) == 1 {
            isIPv6 = false
            bytes = withUnsafeBytes(of: &ipv4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &ipv6) == 1 {
            isIPv6 = true
            let all = withUnsafeBytes(of: &ipv6) { Array($0) }
            let isMapped = all.starts(with: IPAddress.mapped)
            bytes = isMapped ? Array(all.dropFirst(IPAddress.mapped.count)) : all
        } else {
            return nil
        }
    }

    /// What an IPv4 address has before it where it is written as IPv6.
    private static let mapped: [UInt8] = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Whether it is IPv4's own, however it is written.
    package var isOfIPv4: Bool { bytes.count == 4 }

    /// Whether only this machine reaches it.
    package var isLoopback: Bool {
        isOfIPv4 ? bytes[0] == 127 : bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
    }

    /// Whether it stands for every address of this machine.
    package var isAny: Bool { bytes.allSatisfy { $0 == 0 } }
}
