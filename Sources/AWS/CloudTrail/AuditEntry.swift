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

extension AuditRecord {
    /// Whether the service did it on its own, and nobody called.
    package var isServiceEvent: Bool { principalARN == eventSource }
}
