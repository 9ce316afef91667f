internal import Notation

/// The address of a server: `http://host[:port][/]`.
package struct Endpoint: Sendable, Equatable {
    /// Whether it is an https URL.
    package let isEncrypted: Bool
    /// Without the brackets of an IPv6 address.
    package let host: String
    /// The port, the scheme's own when the URL names none.
    package let port: UInt16
    /// Host and port as they stand in the URL, for the header `Host`.
    package let authority: String

    /// Reads a URL; nil when it is none of a server.
    package init?(_ text: String) {
        let rest: Substring
        if text.hasPrefix("http://") {
            isEncrypted = false
            rest = text.dropFirst(7)
        } else if text.hasPrefix("https://") {
            isEncrypted = true
            rest = text.dropFirst(8)
        } else {
            return nil
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard authority.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        let host: Substring
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            let tail = authority[authority.index(after: end)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
            if !tail.isEmpty { port = tail.dropFirst() }
        } else {
            let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count <= 2 else { return nil }
            host = parts[0]
            if parts.count == 2 { port = parts[1] }
        }
        guard !host.isEmpty, !host.contains("@") else { return nil }
        if let port {
            guard let number = UInt16(port), number > 0 else { return nil }
            self.port = number
        } else {
            self.port = isEncrypted ? 443 : 80
        }
        self.host = String(host)
        self.authority = String(authority)
    }

    /// Where AWS has a service: `https://secretsmanager.eu-west-1.amazonaws.com`.
    ///
    /// - Parameters:
    ///   - service: as its endpoints name it.
    ///   - region: a region's name.
    /// - Returns: nil for what is no region.
    package static func aws(_ service: String, in region: String) -> Endpoint? {
        guard Region.isName(region) else { return nil }
        return Endpoint("https://\(Partition.serviceHost(service, in: region))")
    }

    /// Whether AWS itself is there.
    package var isAWS: Bool {
        Partition.domains.contains { host.hasSuffix(".\($0)") }
    }

    /// The same place without TLS.
    package var plainURL: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// As a URL.
    package var url: String { "\(isEncrypted ? "https" : "http")://\(authority)" }
}
