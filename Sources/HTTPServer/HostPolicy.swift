internal import Notation

/// Which names of this server a request may use, and from which web pages it may come.
///
/// A server on localhost is within reach of every page that the developer opens. A page can point a
/// name of its own at 127.0.0.1 (DNS rebinding), but then `Host` is that name; and the requests of
/// its scripts carry its `Origin`.
package struct HostPolicy: Sendable {
    private let allowedHosts: [HostPattern]
    private let isBeyondLoopback: Bool
    private let isEndpoint: @Sendable (String) -> Bool

    /// What Docker and Podman call the machine that a container runs on; nobody can have a name below
    /// `.internal` in the DNS.
    package static let containerHosts = ["host.docker.internal", "host.containers.internal"]

    /// A policy.
    ///
    /// - Parameters:
    ///   - allowedHosts: further names of this server; one that is no pattern matches nothing.
    ///   - isBeyondLoopback: whether other machines reach it, in a compose network perhaps, by
    ///     names of a single label.
    ///   - isEndpoint: whether a name, in lower case and without a port, is one that this server stands
    ///     for and from which nobody else can serve a page.
    package init(
        allowedHosts: [String] = [],
        isBeyondLoopback: Bool = false,
        isEndpoint: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.allowedHosts = allowedHosts.compactMap(HostPattern.init)
        self.isBeyondLoopback = isBeyondLoopback
        self.isEndpoint = isEndpoint
    }

    /// What to give `--allowed-host` for a request that was refused because of its Host; nil when
    /// nothing helps, for it is no name.
    static func remedy(for host: String) -> String? {
        var authority = host
        let name = authority.withUTF8 { HostName(authority: $0)?.text }
        return name.flatMap { HostPattern($0) == nil ? nil : $0 }
    }

    /// Whether `Host` names this server.
    package func allowsHost(_ host: String, isEncrypted: Bool = false) -> Bool {
        var host = host
        let scheme = URLScheme(isEncrypted: isEncrypted)
        return host.withUTF8 { HostName(authority: $0).map { allows($0, scheme) } ?? false }
    }

    /// Whether a page of that origin may call a server that it knows by that `Host`.
    ///
    /// Only the server's own pages may, and those of the names that were allowed: what listens on
    /// another port of this machine is somebody else, and so is what comes by the other scheme.
    package func allowsOrigin(
        _ origin: String,
        host: String,
        isEncrypted: Bool = false
    ) -> Bool {
        var origin = origin
        var host = host
        return origin.withUTF8 { origin in
            guard let (scheme, authority) = HostPolicy.parts(ofOrigin: origin),
                let page = HostName(authority: authority)
            else { return false }
            if isNamed(page, scheme) { return true }
            guard scheme == URLScheme(isEncrypted: isEncrypted) else { return false }
            return host.withUTF8 { host in
                guard let server = HostName(authority: host), allows(server, scheme) else {
                    return false
                }
                return server.text == page.text
                    && server.port ?? scheme.port == page.port ?? scheme.port
            }
        }
    }

    private func allows(_ name: HostName, _ scheme: URLScheme) -> Bool {
        if name.kind != .name || name.isLocalhost { return true }
        if isBeyondLoopback && name.isSingleLabel { return true }
        if isNamed(name, scheme) { return true }
        let text = name.text
        return HostPolicy.containerHosts.contains(text) || isEndpoint(text)
    }

    private func isNamed(_ name: HostName, _ scheme: URLScheme) -> Bool {
        allowedHosts.contains { $0.matches(name, scheme) }
    }

    private static func parts(
        ofOrigin origin: UnsafeBufferPointer<UInt8>
    ) -> (scheme: URLScheme, authority: UnsafeBufferPointer<UInt8>)? {
        for scheme in URLScheme.allCases {
            let length = scheme.rawValue.utf8.count
            let prefix = origin.prefix(length).lazy.map(ASCII.lowercased)
            guard prefix.elementsEqual(scheme.rawValue.utf8) else { continue }
            return (scheme, UnsafeBufferPointer(rebasing: origin.dropFirst(length)))
        }
        return nil
    }
}
