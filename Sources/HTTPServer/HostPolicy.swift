/// Which names of this server a request may use, and from which web pages it may come.
///
/// A server on localhost is within reach of every page that the developer opens. A page can point a
/// name of its own at 127.0.0.1 (DNS rebinding), but then `Host` is that name; and the requests of
/// its scripts carry its `Origin`.
package struct HostPolicy: Sendable {
    private let allowedHosts: Set<String>
    private let isBeyondLoopback: Bool

    /// A policy.
    ///
    /// - Parameters:
    ///   - allowedHosts: further names of this server, without a port.
    ///   - isBeyondLoopback: whether other machines reach it, in a compose network perhaps, by
    ///     names of a single label.
    package init(allowedHosts: [String] = [], isBeyondLoopback: Bool = false) {
        self.allowedHosts = Set(allowedHosts.map { $0.lowercased() })
        self.isBeyondLoopback = isBeyondLoopback
    }

    /// Whether `Host` names this server.
    package func allowsHost(_ host: String) -> Bool {
        var host = host
        return host.withUTF8 { HostName(authority: $0).map(allows) ?? false }
    }

    /// Whether a page of that origin may call a server that it knows by that `Host`.
    ///
    /// An address counts only when it is this machine's loopback or the one that was called: a page
    /// may well be served from a bare address elsewhere.
    package func allowsOrigin(_ origin: String, host: String? = nil) -> Bool {
        guard var authority = HostPolicy.authority(ofOrigin: origin) else { return false }
        return authority.withUTF8 { bytes in
            guard let name = HostName(authority: bytes), allows(name) else { return false }
            guard name.kind != .name, !name.isLoopbackAddress else { return true }
            var host = host ?? ""
            return host.withUTF8 { HostName(authority: $0)?.text == name.text }
        }
    }

    private func allows(_ name: HostName) -> Bool {
        if name.kind != .name || name.isLocalhost { return true }
        if isBeyondLoopback && name.isSingleLabel { return true }
        return !allowedHosts.isEmpty && allowedHosts.contains(name.text)
    }

    private static func authority(ofOrigin origin: String) -> String? {
        for scheme in ["http://", "https://"] {
            let prefix = origin.utf8.prefix(scheme.utf8.count).map(ASCII.lowercased)
            if prefix.elementsEqual(scheme.utf8) { return String(origin.dropFirst(scheme.count)) }
        }
        return nil
    }
}
