internal import CMicroHTTPD
internal import Cryptography
internal import Glibc
internal import Threads

/// Accepts clients in the daemon's stead, and tells by their first byte who speaks TLS.
///
/// The byte is looked at and left where it is: a plain connection is the daemon's from there on, with
/// nothing in between.
final class FrontDoor: Sendable {
    private struct Waiting {
        let descriptor: Int32
        let address: ClientAddress
        let end: Int
    }

    private let socket: Int32
    private let entrance: Entrance
    private let places: Places
    private let relays: [Relay]
    private let milliseconds: Int
    private let poller: Poller
    private let isShut = Locked(false)
    private let thread = Locked<WorkerThread?>(nil)

    /// - Parameters:
    ///   - socket: listens; its owner closes it.
    ///   - daemon: serves them.
    ///   - places: how many clients there may be.
    ///   - tls: what is offered.
    ///   - limits: how long a client may take until TLS is agreed on.
    ///   - threads: how many speak TLS.
    /// - Throws: when the system has no descriptor or thread for it.
    init(
        at socket: Int32,
        to daemon: OpaquePointer,
        _ places: Places,
        _ tls: TLSOffer,
        _ limits: HTTPLimits,
        threads: UInt32
    ) throws(ListenerError) {
        guard let poller = Poller() else { throw .system("descriptors are short") }
        self.socket = socket
        let entrance = Entrance(to: daemon)
        self.entrance = entrance
        self.places = places
        self.poller = poller
        milliseconds = Int(limits.headSeconds) * 1_000
        var relays: [Relay] = []
        do throws(ListenerError) {
            for _ in 0..<threads {
                relays.append(try Relay(to: entrance, places, tls, limits))
            }
        } catch {
            for relay in relays { relay.stop(by: 0) }
            throw error
        }
        self.relays = relays
        guard let thread = WorkerThread({ [self] in run() }) else {
            for relay in relays { relay.stop(by: 0) }
            throw .system("threads are short")
        }
        self.thread.withLock { $0 = thread }
    }

    /// Accepts nobody any more; those whose first byte has not come are turned away.
    ///
    /// - Returns: the socket that listens.
    func shut() -> Int32 {
        isShut.withLock { $0 = true }
        poller.ring()
        thread.withLock { $0 }?.join()
        return socket
    }

    /// Lets nobody through to the daemon any more, so that it can be stopped.
    func close() {
        entrance.shut()
    }

    /// Sends what the daemon, which is stopped, has left for clients.
    func flush(graceMilliseconds: Int) {
        let end = MonotonicTime.now + graceMilliseconds
        for relay in relays { relay.stop(by: end) }
    }

    private func run() {
        var waiting: [Poller.Tag: Waiting] = [:]
        var latest = FrontDoor.listening
        var acceptance = Acceptance.open
        poller.add(socket, FrontDoor.listening, Poller.readable)
        while !isShut.withLock({ $0 }) {
            let isIdle = waiting.isEmpty && acceptance != .short
            let tags = poller.wait(milliseconds: isIdle ? -1 : FrontDoor.look)
            for tag in tags {
                if let client = waiting[tag], decide(client) { waiting[tag] = nil }
            }
            let now = MonotonicTime.now
            for (tag, client) in waiting where client.end <= now {
                turnAway(client)
                waiting[tag] = nil
            }
            // What is asked of the socket while nobody can be let in comes back at once, for ever.
            guard tags.contains(FrontDoor.listening) || acceptance != .open else { continue }
            let former = acceptance
            acceptance = accept(at: now) { client in
                guard !decide(client) else { return }
                latest += 1
                waiting[latest] = client
                poller.add(client.descriptor, latest, Poller.readable)
            }
            if former == .open, acceptance != .open { poller.remove(socket) }
            if former != .open, acceptance == .open {
                poller.add(socket, FrontDoor.listening, Poller.readable)
            }
        }
        for client in waiting.values { turnAway(client) }
    }

    /// Whether clients can be accepted.
    private enum Acceptance {
        case open
        /// There are as many as there may be.
        case full
        /// The system has no descriptor left, as it may have in a moment.
        case short
    }

    /// Accepts all who wait, as far as there are places.
    private func accept(at now: Int, _ welcome: (Waiting) -> Void) -> Acceptance {
        while places.take(orWaitFor: { [poller] in poller.ring() }) {
            guard let (descriptor, address) = ClientAddress.accept(at: socket) else {
                let code = errno
                places.give()
                switch code {
                case EAGAIN: return .open
                // These concern one client, who is gone.
                case EINTR, ECONNABORTED, EPROTO: continue
                default: return .short
                }
            }
            welcome(Waiting(descriptor: descriptor, address: address, end: now + milliseconds))
        }
        return .full
    }

    /// Sends a client where its first byte says; false when there is none yet.
    private func decide(_ client: Waiting) -> Bool {
        var byte: UInt8 = 0
        let count = recv(client.descriptor, &byte, 1, Int32(MSG_PEEK))
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        guard count == 1 else {
            turnAway(client)
            return true
        }
        poller.remove(client.descriptor)
        if byte == FrontDoor.handshake {
            let relay = relays[Int(client.descriptor) % relays.count]
            relay.take(
                Relay.Arrival(
                    descriptor: client.descriptor,
                    address: client.address,
                    end: client.end
                )
            )
        } else if !entrance.admit(client.descriptor, from: client.address) {
            places.give()
        }
        return true
    }

    private func turnAway(_ client: Waiting) {
        Glibc.close(client.descriptor)
        places.give()
    }

    /// By what the poller knows the socket that listens.
    private static let listening: Poller.Tag = 1
    /// How every connection begins that speaks TLS: no request has it.
    private static let handshake: UInt8 = 0x16
    /// Milliseconds.
    private static let look = 250
}
