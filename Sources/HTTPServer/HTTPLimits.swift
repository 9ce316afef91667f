/// What a client may ask of the server before it is refused or cut off.
package struct HTTPLimits: Sendable {
    /// Bytes for the request line and the headers of one connection, and 2 KiB for the answer to it; more
    /// is 431 or 414.
    package var headerBytes = 32 * 1_024
    /// The largest body that is handed on, in bytes; more is 413.
    package var bodyBytes = 1_024 * 1_024
    /// Paths that take larger ones, each with its limit in bytes.
    package var largerBodies: [String: Int] = [:]
    /// How much of a body over the limit is read before the 413, in bytes.
    ///
    /// An answer in the middle of a body is lost and the client sees a broken pipe, so the rest is
    /// read and dropped; beyond this the connection is closed.
    package var drainedBytes = 16 * 1_024 * 1_024
    /// A connection on which nothing happens for so long is closed, and one that was answered has so
    /// long for the whole head of its next request.
    package var idleSeconds: UInt32 = 60
    /// How long the whole head of the first request may take, from when its connection was opened; and
    /// before that as long for the first byte and TLS, where that is spoken.
    package var headSeconds: UInt32 = 10
    /// Connections beyond this wait until others close.
    package var connections: UInt32 = 1_000

    /// The limits of a server that is not told otherwise.
    package init() {}

    /// The largest body of a request for a path, in bytes.
    func bodyBytes(for path: String) -> Int { largerBodies[path] ?? bodyBytes }
}
