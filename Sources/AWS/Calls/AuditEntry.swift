internal import Notation

/// A record in its place in the audit trail.
package struct AuditEntry: Sendable, Equatable {
    /// Counts up from 1 without gaps, in the order in which records were committed.
    package let sequence: Int64
    /// 0 for what is stored; the calls that it made in the caller's name count up from 1.
    package let part: Int
    package var record: AuditRecord

    package init(sequence: Int64, part: Int = 0, record: AuditRecord) {
        self.sequence = sequence
        self.part = part
        self.record = record
    }

    /// A UUID that belongs to this record alone: its time and its place.
    ///
    /// Nothing has to be stored for it. Version 8 is for what an application makes up itself.
    package var eventID: String { identifier(0) }

    /// The same for the request of a call that has no record of its own.
    var madeRequestID: String { identifier(1 << 11) }

    private func identifier(_ kind: UInt64) -> String {
        let time = UInt64(bitPattern: record.time.milliseconds) << 16
        let high = time | kind | UInt64(part) & 0x7FF
        return UUIDText.make(from: (high: high, low: UInt64(bitPattern: sequence)), version: 8)
    }

    /// What stands for the caller in look-ups: AWS has a name for roots and users.
    var userName: String? {
        if record.isServiceEvent { return nil }
        return ARN(record.principalARN)?.path.last.map(String.init)
    }
}

extension VaultReading {
    /// The newest entry of the trail that a filter is for and that is asked for.
    package func newestAuditEntry(
        for filter: TrailFilter,
        where isWanted: (AuditEntry) -> Bool
    ) throws(APIError) -> AuditEntry? {
        var position: Int64?
        repeat {
            let piece = try auditEntries(before: position, for: filter, limit: 500)
            if let found = piece.entries.first(where: isWanted) { return found }
            position = piece.next
        } while position != nil
        return nil
    }

    /// The record that says best what became of a request; nil when the trail has none.
    ///
    /// A request may have several: of the calls that it made in the caller's name, whose ids begin
    /// with its own, and those of other accounts. What was decided about any of them tells more than the call itself, which comes first.
    package func auditRecord(ofRequest requestID: String) throws(APIError) -> AuditRecord? {
        let madeByIt = "\(requestID):"
        func isOfRequest(_ record: AuditRecord) -> Bool {
            record.requestID == requestID || record.requestID.hasPrefix(madeByIt)
        }
        let filter = TrailFilter(text: requestID)
        let newest = try newestAuditEntry(for: filter) { isOfRequest($0.record) }
        guard let newest else { return nil }
        let older = try auditEntries(before: newest.sequence, limit: 500)
        let records = ([newest] + older).map(\.record).filter(isOfRequest)
        return records.last { $0.decision != nil }
            ?? records.last { $0.scope.account == $0.callerAccount } ?? newest.record
    }
}
