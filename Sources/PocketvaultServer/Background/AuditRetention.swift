internal import AWS

/// Forgets records of the audit trail that are too old.
struct AuditRetention: BackgroundWork {
    let vault: any Vault
    let days: Int64

    /// A day's records go together: one by one they would keep the write lane busy.
    private static let grain = Timestamp.millisecondsPerDay

    func nextTime() throws -> Timestamp? {
        try vault.read { vault in
            Result { () throws(APIError) in try vault.oldestAuditTime() }
        }.get().map { oldest in
            let day = oldest.milliseconds / AuditRetention.grain * AuditRetention.grain
            let lifetime = (days + 1) * Timestamp.millisecondsPerDay
            return Timestamp(milliseconds: day + lifetime)
        }
    }

    /// Nothing that anybody is told of.
    func runNext(at now: Timestamp) throws -> [FiredWork] {
        let limit = now.milliseconds - days * Timestamp.millisecondsPerDay
        let day = limit / AuditRetention.grain * AuditRetention.grain
        try vault.writeAndWait { vault throws(APIError) in
            try vault.trimAudit(before: Timestamp(milliseconds: day))
        }
        return []
    }
}
