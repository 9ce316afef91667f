internal import Cryptography
internal import Glibc
internal import Threads

/// A thread that speaks TLS with clients, and passes on what they say to the daemon.
///
/// libmicrohttpd's own TLS is GnuTLS's; OpenSSL, which the program has for its keys, goes in front of
/// it by a pair of sockets for each client, of which the daemon has one.
final class Relay: Sendable {
    /// A client whose first byte is there.
    struct Arrival: Sendable {
        let descriptor: Int32
        let address: ClientAddress
        /// When its greeting has to be over.
        let end: Int
    }

    private struct State {
        var arrivals: [Arrival] = []
        /// Set by a stop: when everybody is to be gone.
        var end: Int?
    }

    private let state = Locked(State())
    private let poller: Poller
    private let thread = Locked<WorkerThread?>(nil)
    private let entrance: Entrance
    private let places: Places
    private let tls: TLSOffer
    private let idleSeconds: UInt32

    /// - Throws: when the system has no descriptor or thread for it.
    init(
        to entrance: Entrance,
        _ places: Places,
        _ tls: TLSOffer,
        _ limits: HTTPLimits
    ) throws(ListenerError) {
        guard let poller = Poller() else { throw .system("descriptors are short") }
        self.poller = poller
        self.entrance = entrance
        self.places = places
        self.tls = tls
        idleSeconds = limits.idleSeconds
        guard let thread = WorkerThread({ [self] in run() }) else {
            throw .system("threads are short")
        }
        self.thread.withLock { $0 = thread }
    }

    /// Takes a client over, from any thread.
    func take(_ arrival: Arrival) {
        let isFirst = state.withLock { state in
            state.arrivals.append(arrival)
            return state.arrivals.count == 1
        }
        if isFirst { poller.ring() }
    }

    /// Sends what the daemon, which is stopped, has left for clients, and ends by then.
    func stop(by end: Int) {
        state.withLock { $0.end = end }
        poller.ring()
        thread.withLock { $0 }?.join()
    }

    private func run() {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
        defer { buffer.deallocate() }
        var clients = Clients()
        var end: Int?
        while true {
            let pause = clients.pause(until: end, at: MonotonicTime.now)
            var turn = poller.wait(milliseconds: pause) + clients.takeEager()
            let now = MonotonicTime.now
            let arrivals = state.withLock { state in
                defer { state.arrivals = [] }
                end = state.end
                return state.arrivals
            }
            turn += arrivals.compactMap { welcome($0, among: &clients) }
            if let end {
                for client in clients.all.values { client.hurry(until: end) }
            }
            for tag in turn { advance(tag, among: &clients, through: buffer, at: now) }
            for tag in clients.late(at: now, isHurried: end != nil) { remove(tag, from: &clients) }
            if end != nil, clients.all.isEmpty { return }
        }
    }

    private func welcome(_ arrival: Arrival, among clients: inout Clients) -> Poller.Tag? {
        guard let context = tls.context() else {
            close(arrival.descriptor)
            places.give()
            return nil
        }
        guard
            let client = try? RelayedClient(
                arrival.descriptor,
                from: arrival.address,
                context,
                until: arrival.end,
                idleSeconds: idleSeconds
            )
        else {
            places.give()
            return nil
        }
        let tag = clients.add(client)
        poller.add(arrival.descriptor, tag, Poller.changes)
        return tag
    }

    private func advance(
        _ tag: Poller.Tag,
        among clients: inout Clients,
        through buffer: UnsafeMutableRawBufferPointer,
        at now: Int
    ) {
        guard let client = clients.all[tag] else { return }
        let progress = client.advance(through: buffer, at: now) { daemon, ours, address in
            poller.add(ours, tag, Poller.changes)
            return entrance.admit(daemon, from: address)
        }
        switch progress {
        case .waits: break
        case .again: clients.goOn(tag)
        case .over:
            if client.isUntrusting { tls.untrusted() }
            remove(tag, from: &clients)
        }
    }

    private func remove(_ tag: Poller.Tag, from clients: inout Clients) {
        if clients.all.removeValue(forKey: tag) != nil { places.give() }
    }
}

/// The clients of a relay.
private struct Clients {
    var all: [Poller.Tag: RelayedClient] = [:]
    private var latest: Poller.Tag = 0
    /// Those that go on without being told to.
    private var eager: [Poller.Tag] = []
    private var nextLook = 0

    mutating func add(_ client: RelayedClient) -> Poller.Tag {
        latest += 1
        all[latest] = client
        return latest
    }

    mutating func goOn(_ tag: Poller.Tag) {
        eager.append(tag)
    }

    mutating func takeEager() -> [Poller.Tag] {
        defer { eager.removeAll(keepingCapacity: true) }
        return eager
    }

    /// For how many milliseconds nothing has to be done.
    func pause(until end: Int?, at now: Int) -> Int {
        guard eager.isEmpty else { return 0 }
        guard !all.isEmpty else { return -1 }
        return end.map { max(0, min($0 - now, Clients.look)) } ?? Clients.look
    }

    /// Those whose time is over; looked for a few times a second.
    mutating func late(at now: Int, isHurried: Bool) -> [Poller.Tag] {
        guard isHurried || now >= nextLook else { return [] }
        nextLook = now + Clients.look
        return all.compactMap { tag, client in
            client.end.map { $0 <= now } == true ? tag : nil
        }
    }

    /// Milliseconds.
    private static let look = 250
}
