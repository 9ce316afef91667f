internal import AWS
internal import Dispatch
internal import HTTPServer
internal import Notation
internal import Threads

/// What happens in the vault, for those who listen to it.
///
/// The newest of it is kept once for all, in a bounded list; a listener has no more than its place.
/// Who reads too slowly for the list goes on from the trail itself. The trail is looked at when there
/// was a commit and somebody listens: at once where little happens, and every 50 ms under load, so
/// that listeners are woken on a tick and not for each event. Where nobody listens nothing is done.
final class EventFeed: Sendable {
    /// Held weakly: a stream belongs to its connection.
    private struct Listener {
        weak var stream: BodyStream?
    }

    private struct State {
        var recent = RecentEvents()
        var listeners: [Int: Listener] = [:]
        /// How many listeners there ever were.
        var opened = 0
        var pulse = Pulse()
        var clockWasSet = false
        /// Records that the trail lost, as far as listeners were told.
        var dropped = 0
        var isStopped = false
    }

    /// When it looks, and when listeners get a sign of life.
    private struct Pulse {
        var isLookPlanned = false
        var earliest: DispatchTime?
        var isBeating = false
        var beats = 0
    }

    /// In milliseconds.
    struct Pause: Sendable {
        var betweenLooks = 50
        var betweenBeats = 5_000
    }

    private let vault: any Vault
    private let clock: VaultClock
    private let pause: Pause
    private let maximumListeners: Int
    private let queue = DispatchQueue(label: "pocketvault.feed")
    private let state = Locked(State())

    /// - Parameters:
    ///   - vault: whose trail it follows.
    ///   - clock: whose settings it tells.
    ///   - pause: how often it does what.
    ///   - maximumListeners: half of the connections that a server takes, so that calls find room.
    init(
        of vault: any Vault,
        clock: VaultClock,
        pause: Pause = Pause(),
        maximumListeners: Int = 500
    ) {
        self.vault = vault
        self.clock = clock
        self.pause = pause
        self.maximumListeners = maximumListeners
        vault.follow { [weak self] in self?.planLook() }
        clock.follow { [weak self] in
            self?.state.withLock { $0.clockWasSet = true }
            self?.planLook()
        }
    }

    /// Looks no more.
    func stop() {
        state.withLock { $0.isStopped = true }
        queue.sync {}
    }

    /// How many listen.
    var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// A stream that is woken whenever something happened and at each beat; nil when there are as
    /// many listeners as there may be.
    ///
    /// - Parameters:
    ///   - next: the stream's next piece.
    ///   - closed: the listener is gone.
    /// - Returns: the stream.
    func open(
        next: @escaping @Sendable () -> BodyStream.Piece,
        closed: @escaping @Sendable () -> Void = {}
    ) -> BodyStream? {
        let number = state.withLock { state -> Int? in
            guard state.listeners.count < maximumListeners else { return nil }
            state.opened += 1
            // Its place is taken before there is a stream.
            state.listeners[state.opened] = Listener()
            return state.opened
        }
        guard let number else { return nil }
        let stream = BodyStream(next: next) { [weak self] in
            closed()
            self?.close(number)
        }
        state.withLock { $0.listeners[number]?.stream = stream }
        planLook()
        beat()
        return stream
    }

    private func close(_ number: Int) {
        state.withLock { state in
            state.listeners[number] = nil
            // What nobody waits for is not kept.
            if state.listeners.isEmpty { state.recent.clear() }
        }
    }

    /// Counts the signs of life.
    var beats: Int { state.withLock { $0.pulse.beats } }

    /// The place of one who begins to listen now, after a record of the trail.
    func place(after sequence: Int64) -> FeedPlace {
        FeedPlace(sequence: sequence, position: state.withLock { $0.recent.position })
    }

    /// What came after a listener's place.
    func events(after place: FeedPlace) -> RecentEvents.Answer {
        state.withLock { $0.recent.events(after: place) }
    }

    private func beat() {
        let begins = state.withLock { state in
            guard !state.pulse.isBeating, !state.isStopped, !state.listeners.isEmpty else {
                return false
            }
            state.pulse.isBeating = true
            return true
        }
        guard begins else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(pause.betweenBeats)) { [weak self] in
            guard let self else { return }
            state.withLock { state in
                state.pulse.isBeating = false
                state.pulse.beats += 1
            }
            wakeAll()
            beat()
        }
    }

    /// Has the trail looked at, unless nobody listens or that is planned already.
    private func planLook() {
        let start = state.withLock { state -> DispatchTime? in
            guard !state.pulse.isLookPlanned, !state.listeners.isEmpty else { return nil }
            state.pulse.isLookPlanned = true
            return state.pulse.earliest ?? .now()
        }
        guard let start else { return }
        queue.asyncAfter(deadline: start) { [weak self] in
            guard let self else { return }
            // Before it looks: what is committed from here on may come too late for this look.
            let isStopped = state.withLock { state in
                state.pulse.isLookPlanned = false
                state.pulse.earliest = .now() + .milliseconds(pause.betweenLooks)
                return state.isStopped
            }
            if !isStopped { look() }
        }
    }

    private func look() {
        tellNews()
        // What cannot be read is looked for again at the next commit.
        while let last = state.withLock({ $0.recent.last }),
            let entries = try? vault.reading({ vault throws(APIError) in
                try vault.auditEntries(after: last, limit: EventFeed.pageSize)
            })
        {
            state.withLock { state in
                for entry in entries { state.recent.append(entry) }
            }
            guard entries.count == EventFeed.pageSize else { break }
        }
        if state.withLock({ $0.recent.last == nil }), let newest = try? newest() {
            state.withLock { $0.recent.begin(after: newest) }
        }
        wakeAll()
    }

    /// The sequence number of the newest record of the trail.
    func newest() throws(APIError) -> Int64 {
        try vault.reading { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 1).first?.sequence ?? 0
        }
    }

    private func tellNews() {
        let dropped = vault.droppedAuditRecords
        let (clockWasSet, isLoss) = state.withLock { state in
            defer {
                state.clockWasSet = false
                state.dropped = dropped
            }
            return (state.clockWasSet, dropped > state.dropped)
        }
        var news: [[UInt8]] = []
        if isLoss { news.append(EventFeed.loss(dropped)) }
        if clockWasSet { news.append(ServerSentEvent.event("clock") { clock.write(to: &$0) }) }
        state.withLock { state in
            for bytes in news { state.recent.append(news: bytes) }
        }
    }

    /// Tells how many records the trail lost since the server's start.
    static func loss(_ dropped: Int) -> [UInt8] {
        ServerSentEvent.event("lost") { AuditControl.writeDropped(dropped, to: &$0) }
    }

    /// Outside the lock, which a stream that is let go here takes.
    private func wakeAll() {
        for stream in state.withLock({ $0.listeners.values.compactMap(\.stream) }) {
            stream.wake()
        }
    }

    private static let pageSize = 500
}
