internal import Dispatch
internal import Glibc
internal import Threads

/// All connections of a listener, of which those are cut that only keep others out.
///
/// libmicrohttpd closes a connection when nothing at all has happened on it for a while. Two kinds
/// outlive that, and with the limit of connections reached nobody else gets in: a client that sends
/// its head byte by byte; and one that went away while it waited to be accepted. Of the latter the
/// beginning of a request and the end of the connection are read in one go, which libmicrohttpd takes
/// for a beginning alone; epoll tells it of nothing more. After a flood of those the listener was deaf
/// for the idle time of one after the other.
final class OpenConnections: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: OpenConnection] = [:]
        var isLooking = false
    }

    private let limits: HTTPLimits
    /// Where the daemon accepts nobody itself.
    private let places: Places?
    /// Is told of clients that spoke no HTTP.
    private let unheard: @Sendable () -> Void
    private let state = Locked(State())
    private let queue = DispatchQueue(label: "pocketvault.connections")

    init(_ limits: HTTPLimits, _ places: Places?, unheard: @escaping @Sendable () -> Void) {
        self.limits = limits
        self.unheard = unheard
        self.places = places
    }

    var count: Int { state.withLock { $0.connections.count } }

    /// A client has connected.
    func open(_ descriptor: Int32) -> OpenConnection {
        let end = MonotonicTime.now + Int(limits.headSeconds) * 1_000
        let connection = OpenConnection(
            descriptor,
            isEncrypted: places != nil && OpenConnections.isRelayed(descriptor),
            headUntil: end
        )
        let isFirst = state.withLock { state in
            state.connections[ObjectIdentifier(connection)] = connection
            defer { state.isLooking = true }
            return !state.isLooking
        }
        if isFirst { lookLater(seldom) }
        return connection
    }

    /// A request was answered, and another one may come.
    func awaitNext(on connection: OpenConnection) {
        connection.enter(.head(until: MonotonicTime.now + Int(limits.idleSeconds) * 1_000))
    }

    /// The connection ends; its descriptor is another one's from now on.
    func close(_ connection: OpenConnection) {
        if places == nil, connection.wasUnheard { unheard() }
        state.withLock { $0.connections[ObjectIdentifier(connection)] = nil }
        // A relay still has its client, and gives the place back when that is gone.
        if !connection.isEncrypted { places?.give() }
    }

    /// Whether it is one of a pair of sockets, as only a relay makes them.
    private static func isRelayed(_ descriptor: Int32) -> Bool {
        var family: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &size) == 0
            && family == AF_UNIX
    }

    private let seldom = 250
    private let soon = 20

    private func lookLater(_ milliseconds: Int) {
        queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [weak self] in
            guard let self, let next = look() else { return }
            lookLater(next)
        }
    }

    /// Cuts what is to be cut; under the lock, so that no descriptor has become another one's.
    ///
    /// - Returns: in how many milliseconds to look again; nil when there is nothing to look at. Where
    ///   one was cut, those that waited for its place may be of the same kind.
    private func look() -> Int? {
        let now = MonotonicTime.now
        return state.withLock { state in
            var next = seldom
            for connection in state.connections.values {
                switch connection.verdict(at: now) {
                case .keep: continue
                case .doubt: break
                case .cut: connection.cut()
                }
                next = soon
            }
            state.isLooking = !state.connections.isEmpty
            return state.isLooking ? next : nil
        }
    }
}
