internal import Notation
internal import Threads

/// What the agent has read, for a while: by the machine's own time, as the provider measures it.
final class AgentCache: Sendable {
    static let seconds: Int64 = 300
    static let limit = 1_000

    /// What is kept for a question.
    enum Finding {
        case nothing
        /// Its time is over; it may still be what a new read would give.
        case expired(AgentValue)
        case fresh(AgentValue)
    }

    private struct Entry {
        let value: AgentValue
        let freshUntil: Timestamp
        var lastUse: UInt64
    }

    private struct Contents {
        var entries: [AgentQuery: Entry] = [:]
        var uses: UInt64 = 0

        mutating func use() -> UInt64 {
            uses += 1
            return uses
        }
    }

    private let now: @Sendable () -> Timestamp
    private let contents = Locked(Contents())

    init(now: @escaping @Sendable () -> Timestamp) {
        self.now = now
    }

    func look(for question: AgentQuery) -> Finding {
        let now = now()
        return contents.withLock { contents in
            guard let entry = contents.entries[question] else { return .nothing }
            guard now < entry.freshUntil else { return .expired(entry.value) }
            let use = contents.use()
            contents.entries[question]?.lastUse = use
            return .fresh(entry.value)
        }
    }

    /// Keeps a value; of too many the one goes that was not asked for the longest.
    func keep(_ value: AgentValue, for question: AgentQuery) {
        let end = Timestamp(milliseconds: now().milliseconds + AgentCache.seconds * 1_000)
        contents.withLock { contents in
            if contents.entries[question] == nil, contents.entries.count >= AgentCache.limit {
                let oldest = contents.entries.min { $0.value.lastUse < $1.value.lastUse }
                if let oldest { contents.entries[oldest.key] = nil }
            }
            let use = contents.use()
            contents.entries[question] = Entry(value: value, freshUntil: end, lastUse: use)
        }
    }

    /// Forgets everything, as the vault does that is reset.
    func removeAll() {
        contents.withLock { $0.entries.removeAll() }
    }
}
