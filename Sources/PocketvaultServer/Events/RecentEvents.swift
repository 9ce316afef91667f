internal import AWS

/// How far a listener has come.
struct FeedPlace: Sendable, Equatable {
    /// The latest record of the trail that it was told of, or that was passed over.
    var sequence: Int64
    /// How many events of the feed it has seen.
    var position: Int
}

/// The newest events, bounded: listeners that fell behind read the trail.
struct RecentEvents: Sendable {
    /// What a listener gets.
    enum Answer: Sendable {
        /// Records that are no longer here come first.
        case behind
        case events([FeedItem], FeedPlace)
    }

    /// The latest record that is or was here; nil before the trail was looked at.
    private(set) var last: Int64?
    /// All records after this one are here.
    private var base: Int64 = 0
    private var items: [FeedItem] = []
    /// How many events there were before the first.
    private var forgotten = 0
    private var size = 0

    /// Nothing happened so far that is not in the trail up to a record.
    mutating func begin(after sequence: Int64) {
        base = sequence
        last = sequence
    }

    /// Forgets all, because nobody listens any more.
    mutating func clear() {
        forgotten += items.count
        items = []
        size = 0
        last = nil
    }

    /// How many events there were.
    var position: Int { forgotten + items.count }

    mutating func append(_ entry: AuditEntry) {
        last = entry.sequence
        append(FeedItem(.record(entry)))
    }

    mutating func append(news bytes: [UInt8]) {
        append(FeedItem(.news(bytes)))
    }

    private mutating func append(_ item: FeedItem) {
        items.append(item)
        size += item.size
        guard size > RecentEvents.maximumSize else { return }
        // Half at a time, so that not every event moves all others.
        var count = 0
        while size > RecentEvents.maximumSize / 2 {
            size -= items[count].size
            if case .record(let entry) = items[count].content { base = entry.sequence }
            count += 1
        }
        items.removeFirst(count)
        forgotten += count
    }

    func events(after place: FeedPlace) -> Answer {
        guard last != nil, place.sequence >= base else { return .behind }
        let first = max(0, place.position - forgotten)
        let new = items[min(first, items.count)...].prefix(RecentEvents.pageSize)
        var next = FeedPlace(
            sequence: place.sequence,
            position: forgotten + min(first, items.count) + new.count
        )
        let wanted = new.filter { item in
            guard case .record(let entry) = item.content else { return true }
            // The trail told it of some already.
            guard entry.sequence > next.sequence else { return false }
            next.sequence = entry.sequence
            return true
        }
        return .events(Array(wanted), next)
    }

    /// In bytes.
    private static let maximumSize = 4 * 1_024 * 1_024
    private static let pageSize = 100
}
