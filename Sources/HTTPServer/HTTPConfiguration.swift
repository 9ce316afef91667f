/// Where and how a listener listens.
package struct HTTPConfiguration: Sendable {
    /// An IPv4 or IPv6 address, or `localhost`, which is 127.0.0.1.
    package var host: String
    /// The port, or 0 for any free one.
    package var port: UInt16
    /// Threads of the epoll pool, or nil for one per core.
    package var threads: UInt32?
    /// What a client may ask of the server.
    package var limits: HTTPLimits
    /// Which names and origins a request may carry.
    package var hostPolicy: HostPolicy
    /// Pages that a link of another site may open: static ones, which change nothing.
    package var openPages: Set<String> = []
    /// What clients are spoken to that begin with TLS; nil when none are.
    package var tls: TLSOffer?

    /// A configuration whose host policy follows from the host that it listens on.
    package init(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        threads: UInt32? = nil,
        limits: HTTPLimits = HTTPLimits(),
        allowedHosts: [String] = [],
        isEndpoint: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.host = host
        self.port = port
        self.threads = threads
        self.limits = limits
        hostPolicy = HostPolicy(
            allowedHosts: allowedHosts,
            isBeyondLoopback: HTTPConfiguration.isBeyondLoopback(host),
            isEndpoint: isEndpoint
        )
    }

    /// Whether other machines reach what listens there.
    package var isBeyondLoopback: Bool { HTTPConfiguration.isBeyondLoopback(host) }

    private static func isBeyondLoopback(_ host: String) -> Bool {
        host != "localhost" && IPAddress(host)?.isLoopback != true
    }
}
