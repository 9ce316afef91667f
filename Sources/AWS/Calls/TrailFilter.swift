package import Notation

/// What every record has that a look-up is for: the store passes over what has none of it.
///
/// It need not say all: who looks goes through what the store finds.
package struct TrailFilter: Sendable {
    /// What a record is; it is of several kinds.
    package struct Kinds: OptionSet, Sendable, Hashable {
        package let rawValue: Int64

        package init(rawValue: Int64) {
            self.rawValue = rawValue
        }

        package static let reads = Kinds(rawValue: 1 << 0)
        package static let changes = Kinds(rawValue: 1 << 1)
        package static let failures = Kinds(rawValue: 1 << 2)
        /// Policies had something against it, whether it was refused or let in all the same.
        package static let refusals = Kinds(rawValue: 1 << 3)
        /// The service did it on its own.
        package static let serviceEvents = Kinds(rawValue: 1 << 4)
    }

    package var kinds: Kinds = []
    package var since: Timestamp?
    package var until: Timestamp?
    /// Stands somewhere in the record's texts.
    package var text: String?

    package init(kinds: Kinds = [], text: String? = nil) {
        self.kinds = kinds
        self.text = text
    }
}

extension TrailFilter.Kinds {
    package init(of record: AuditRecord) {
        self = record.isReadOnly ? .reads : .changes
        if record.errorCode != nil || record.errorMessage != nil { insert(.failures) }
        if record.decision != nil { insert(.refusals) }
        if record.isServiceEvent { insert(.serviceEvents) }
    }
}

/// A piece of the trail that was looked through.
package struct TrailPiece: Sendable {
    /// Newest first; among others all that the filter is for.
    package let entries: [AuditEntry]
    /// Where to go on: before this one; nil at the trail's beginning.
    package let next: Int64?

    package init(entries: [AuditEntry], next: Int64?) {
        self.entries = entries
        self.next = next
    }
}
