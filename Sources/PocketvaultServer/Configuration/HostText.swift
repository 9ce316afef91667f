internal import HTTPServer

/// What an address to listen on looks like to those who call it.
enum HostText {
    /// As it stands in a URL that works on this machine: nothing connects to "any address".
    static func reachable(_ host: String) -> String {
        guard let address = IPAddress(host) else { return host }
        if address.isAny { return address.isOfIPv4 ? "127.0.0.1" : "[::1]" }
        return address.isIPv6 ? "[\(host)]" : host
    }
}
