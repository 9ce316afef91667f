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
        HostName(authority: host).map(allows) ?? false
    }

    /// Whether a page of that origin may call a server that it knows by that `Host`.
    ///
    /// An address counts only when it is this machine's loopback or the one that was called: a page
    /// may well be served from a bare address elsewhere.
    package func allowsOrigin(_ origin: String, host: String? = nil) -> Bool {
        guard let name = HostPolicy.host(ofOrigin: origin), allows(name) else { return false }
        guard name.isAddress, !IPAddress.isLoopback(name.text) else { return true }
        return host.flatMap(HostName.init)?.text == name.text
    }

    private func allows(_ name: HostName) -> Bool {
        if name.isAddress { return true }
        if name.text == "localhost" || allowedHosts.contains(name.text) { return true }
        if name.text.hasSuffix(".localhost") { return true }
        return isBeyondLoopback && !name.text.utf8.contains(UInt8(ascii: "."))
    }

    private static func host(ofOrigin origin: String) -> HostName? {
        for scheme in ["http://", "https://"] {
            let prefix = origin.utf8.prefix(scheme.utf8.count).map(ASCII.lowercased)
            if prefix.elementsEqual(scheme.utf8) {
                return HostName(authority: String(origin.dropFirst(scheme.count)))
            }
        }
        return nil
    }
}

/// The host of `host[:port]`, in lower case.
private struct HostName {
    /// Without the brackets of an IPv6 address.
    let text: String
    let isAddress: Bool

    /// Nil when the authority is malformed.
    init?(authority: String) {
        var bytes = Array(authority.utf8)[...]
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            text = String(decoding: bytes[1..<end], as: UTF8.self)
            isAddress = true
            bytes = bytes[(end + 1)...]
            guard IPAddress.isIPv6(text) else { return nil }
        } else {
            let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
            let name = bytes[..<end]
            guard !name.isEmpty, name.allSatisfy(HostName.isName) else { return nil }
            let text = String(decoding: name.map(ASCII.lowercased), as: UTF8.self)
            self.text = text
            // Names end in a letter; so most are told from addresses without asking the C library.
            isAddress = name.last.map(ASCII.isDigit) == true && IPAddress.isIPv4(text)
            bytes = bytes[end...]
        }
        guard bytes.isEmpty || HostName.isPort(bytes) else { return nil }
    }

    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: ":") && bytes.count <= 6
            && bytes.dropFirst().allSatisfy(ASCII.isDigit)
    }

    private static func isName(_ byte: UInt8) -> Bool {
        ASCII.isDigit(byte) || ASCII.lowercased(byte) &- UInt8(ascii: "a") < 26
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
