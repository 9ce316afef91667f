internal import AWS
internal import HTTPServer
internal import JSON
internal import Threads

/// One who listens to what happens: from a place in the trail to its end, and then as it comes.
final class TrailListener: Sendable {
    private struct State {
        var place: FeedPlace
        /// The trail comes first, to its end: what the feed holds is what came after.
        var isBehind = true
        /// What is told before all else.
        var greeting: [UInt8]
        /// Signs of life that it has had.
        var beats: Int
    }

    private let feed: EventFeed
    private let vault: any Vault
    private let query: AuditQuery
    private let state: Locked<State>

    /// - Parameters:
    ///   - feed: what happens.
    ///   - vault: whose trail is read by who fell behind.
    ///   - query: which records it wants.
    ///   - place: the record to go on after.
    ///   - greeting: what it is told first.
    init(
        of feed: EventFeed,
        _ vault: any Vault,
        wanting query: AuditQuery,
        after place: FeedPlace,
        greeting: [UInt8]
    ) {
        self.feed = feed
        self.vault = vault
        self.query = query
        state = Locked(
            State(
                place: place,
                greeting: greeting,
                beats: feed.beats
            )
        )
    }

    /// The next piece of its stream.
    func next() -> BodyStream.Piece {
        state.withLock { state in
            guard state.greeting.isEmpty else {
                defer { state.greeting = [] }
                return .bytes(state.greeting)
            }
            for _ in 0..<TrailListener.maximumPages {
                let place = state.place
                do throws(APIError) {
                    let bytes = try read(&state)
                    if !bytes.isEmpty { return .bytes(bytes) }
                } catch {
                    // Who listens comes again, and goes on where it was.
                    return .end
                }
                guard state.place == place else { continue }
                let beats = feed.beats
                guard state.beats != beats else { return .later }
                state.beats = beats
                return .bytes(ServerSentEvent.heartbeat)
            }
            // There is more to look through, but others wait for this thread.
            return .bytes(ServerSentEvent.heartbeat)
        }
    }

    /// Goes on by some events; the bytes are those of which it wants to hear.
    private func read(_ state: inout State) throws(APIError) -> [UInt8] {
        if !state.isBehind {
            switch feed.events(after: state.place) {
            case .behind: state.isBehind = true
            case .events(let items, let next):
                state.place = next
                return items.filter(wants).flatMap(\.bytes)
            }
        }
        return try readTrail(&state)
    }

    private func wants(_ item: FeedItem) -> Bool {
        switch item.content {
        case .record(let entry): query.matches(entry)
        case .news: query.isOpen
        }
    }

    private func readTrail(_ state: inout State) throws(APIError) -> [UInt8] {
        let place = state.place.sequence
        let entries = try vault.reading { vault throws(APIError) in
            try vault.auditEntries(after: place, limit: TrailListener.pageSize)
        }
        state.isBehind = entries.count == TrailListener.pageSize
        guard let first = entries.first, let last = entries.last else { return [] }
        // The trail counts without gaps, and keeps so many.
        let lost = first.sequence - place - 1
        state.place.sequence = last.sequence
        let told = lost > 0 ? TrailListener.loss(lost) : []
        return told + entries.filter(query.matches).flatMap(FeedItem.bytes)
    }

    private static func loss(_ records: Int64) -> [UInt8] {
        ServerSentEvent.event("lost") { writer in
            writer.name("records")
            writer.integer(records)
        }
    }

    private static let pageSize = 100
    private static let maximumPages = 10
}
