/// What a client may ask of the server before it is cut off.
package struct HTTPLimits: Sendable {
    /// Bytes for the request line and the headers of one connection; more is 431 or 414.
    package var headerBytes = 32 * 1_024
    /// The largest body that is handed on, in bytes; more is 413.
    package var bodyBytes = 1_024 * 1_024
    /// How much of a body over the limit is read before the 413, in bytes.
    ///
    /// An answer in the middle of a body is lost, so the rest is read and dropped; beyond this the
    /// connection is closed.
    package var drainedBytes = 16 * 1_024 * 1_024
    /// A connection on which nothing happens for so long is closed.
    package var idleSeconds: UInt32 = 60
    /// Connections beyond this wait until others close.
    package var connections: UInt32 = 1_000

    package init() {}
}

/// Where and how to listen.
package struct HTTPConfiguration: Sendable {
    /// An IP address, or `localhost`.
    package var host: String
    /// 0 is any free one.
    package var port: UInt16
    /// Threads of the epoll pool, or nil for one a core.
    package var threads: UInt32?
    package var limits: HTTPLimits
    package var hostPolicy: HostPolicy

    package init(
        host: String = "127.0.0.1",
        port: UInt16 = 0,
        threads: UInt32? = nil,
        limits: HTTPLimits = HTTPLimits(),
        allowedHosts: [String] = []
    ) {
        self.host = host
        self.port = port
        self.threads = threads
        self.limits = limits
        hostPolicy = HostPolicy(
            allowedHosts: allowedHosts,
            isBeyondLoopback: !SocketAddress.isLoopback(host)
        )
    }
}
