/// A record in its place in the audit trail.
package struct AuditEntry: Sendable, Equatable {
    /// Counts up from 1 without gaps, in the order in which records were committed.
    package let sequence: Int64
    package let record: AuditRecord

    package init(sequence: Int64, record: AuditRecord) {
        self.sequence = sequence
        self.record = record
    }

    /// A UUID that belongs to this record alone: its time and its place.
    ///
    /// Nothing has to be stored for it. Version 8 is for what an application makes up itself.
    package var eventID: String {
        let time = UInt64(bitPattern: record.time.milliseconds) << 16
        return UUIDText.make(from: (high: time, low: UInt64(bitPattern: sequence)), version: 8)
    }

    /// What stands for the caller in look-ups: AWS has a name for roots and users.
    var userName: String? {
        if record.isServiceEvent { return nil }
        return record.principalARN.split(separator: ":").last.map { name in
            String(name.split(separator: "/").last ?? name)
        }
    }
}

extension VaultReading {
    /// The newest entry of the trail that is asked for, as far back as a look-up goes.
    package func newestAuditEntry(
        where isWanted: (AuditEntry) -> Bool
    ) throws(APIError) -> AuditEntry? {
        var position: Int64?
        for _ in 0..<200 {
            let page = try auditEntries(before: position, limit: 500)
            if let found = page.first(where: isWanted) { return found }
            guard page.count == 500 else { break }
            position = page.last?.sequence
        }
        return nil
    }
}

extension AuditRecord {
    /// Whether the service did it on its own, and nobody called.
    package var isServiceEvent: Bool { principalARN == eventSource }
}
