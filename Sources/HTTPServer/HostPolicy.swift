/// Which names of this server a request may use, and from which web pages it may come.
///
/// A server on localhost is within reach of every page that the developer opens. A page can point a
/// name of its own at 127.0.0.1 (DNS rebinding), but then `Host` is that name; and its scripts'
/// requests carry its `Origin`.
package struct HostPolicy: Sendable {
    private let allowedHosts: Set<String>
    private let isBeyondLoopback: Bool

    /// - Parameters:
    ///   - allowedHosts: further names of this server.
    ///   - isBeyondLoopback: whether other machines reach it, in a compose network perhaps, by
    ///     names of a single label.
    package init(allowedHosts: [String] = [], isBeyondLoopback: Bool = false) {
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
        self.isBeyondLoopback = isBeyondLoopback
    }

    /// Whether `Host` names this server.
    package func allowsHost(_ host: String) -> Bool {
        guard let name = HostPolicy.name(ofAuthority: host)?.lowercased(), !name.isEmpty else {
            return false
        }
        if name == "localhost" || name.hasSuffix(".localhost") || allowedHosts.contains(name) {
            return true
        }
        if SocketAddress.isLiteral(name) { return true }
        return isBeyondLoopback && HostPolicy.isSingleLabel(name)
    }

    /// Whether a page of that origin may call: only one that this server itself could have served.
    package func allowsOrigin(_ origin: String) -> Bool {
        for scheme in ["http://", "https://"] where origin.lowercased().hasPrefix(scheme) {
            let authority = String(origin.dropFirst(scheme.count))
            return !authority.contains("/") && allowsHost(authority)
        }
        return false
    }

    /// The host of `host[:port]`, without the brackets of an IPv6 address.
    private static func name(ofAuthority authority: String) -> String? {
        let host: Substring
        let rest: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            rest = authority[authority.index(after: end)...]
            guard SocketAddress.isIPv6(String(host)) else { return nil }
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<colon]
            rest = authority[colon...]
        }
        guard rest.isEmpty || isPort(rest) else { return nil }
        return String(host)
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard text.first == ":", text.utf8.count <= 6 else { return false }
        return text.utf8.dropFirst().allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
    }

    private static func isSingleLabel(_ name: String) -> Bool {
        name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
