internal import Glibc

/// IP addresses as text and as the kernel gives them.
enum IPAddress {
    static func isIPv4(_ text: String) -> Bool {
        var address = in_addr()
        return inet_pton(AF_INET, text, &address) == 1
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    /// Whether only this machine reaches the address.
    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || (isIPv4(host) && host.hasPrefix("127.")) || isIPv6Loopback(host)
    }

    private static func isIPv6Loopback(_ host: String) -> Bool {
        var address = in6_addr()
        guard inet_pton(AF_INET6, host, &address) == 1 else { return false }
        return withUnsafeBytes(of: &address) { bytes in
            bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
        }
    }
}
