internal import AWS
internal import Threads

/// Something that happened, as those who listen are told of it.
///
/// It is written out when the first listener wants it, and then shared by all.
final class FeedItem: Sendable {
    enum Content: Sendable {
        case record(AuditEntry)
        /// Something without a place in the trail.
        case news([UInt8])
    }

    let content: Content
    private let written = Locked<[UInt8]?>(nil)

    init(_ content: Content) {
        self.content = content
    }

    /// Its message.
    var bytes: [UInt8] {
        switch content {
        case .news(let bytes): bytes
        case .record(let entry):
            written.withLock { written in
                if let written { return written }
                let bytes = FeedItem.bytes(entry)
                written = bytes
                return bytes
            }
        }
    }

    /// The message of a record: its data is what `/_pocketvault/audit` shows of it.
    static func bytes(_ entry: AuditEntry) -> [UInt8] {
        ServerSentEvent.event(
            entry.record.isServiceEvent ? "service" : "call",
            id: entry.sequence,
            AuditElement(entry)
        )
    }

    /// About how much memory it takes, in bytes, with its message.
    var size: Int {
        switch content {
        case .news(let bytes): 256 + bytes.count
        case .record(let entry): 2_048 + 2 * (entry.record.requestParameters?.utf8.count ?? 0)
        }
    }
}
