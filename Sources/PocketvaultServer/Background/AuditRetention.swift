internal import AWS
internal import Notation
internal import Storage
internal import Threads

/// Forgets records of the audit trail that are too old.
struct AuditRetention: BackgroundWork {
    let vault: any Vault
    let days: Int64
    private let stuck = Locked<Timestamp?>(nil)

    init(vault: any Vault, days: Int64) {
        self.vault = vault
        self.days = days
    }

    /// A day's records go together: one by one they would keep the write lane busy.
    private static let grain = Timestamp.millisecondsPerDay

    func nextTime() throws -> Timestamp? {
        try oldest().map { oldest in
            let day = oldest.milliseconds / AuditRetention.grain * AuditRetention.grain
            let lifetime = (days + 1) * Timestamp.millisecondsPerDay
            return Timestamp(milliseconds: day + lifetime)
        }
    }

    /// The oldest record, if it may go: one whose place in the chain was tampered with does not.
    private func oldest() throws -> Timestamp? {
        let oldest = try vault.reading { vault throws(APIError) in
            try vault.oldestAuditTime()
        }
        return oldest == stuck.withLock { $0 } ? nil : oldest
    }

    /// Nothing that anybody is told of.
    func runNext(at now: Timestamp) throws -> [FiredWork] {
        let limit = now.milliseconds - days * Timestamp.millisecondsPerDay
        let day = limit / AuditRetention.grain * AuditRetention.grain
        let former = try oldest()
        // A day may hold so many records that reads must not wait for their end.
        try vault.writeAloneAndWait { vault throws(APIError) in
            try vault.trimAudit(before: Timestamp(milliseconds: day))
        }
        if let former, try oldest() == former { stuck.withLock { $0 = former } }
        return []
    }
}
