internal import Notation

/// The calls to Secrets Manager that an account made, as the audit trail tells them.
struct CountedCalls {
    /// All that are billed.
    private(set) var total: Int64 = 0
    /// By the ARN of the secret that they were about.
    private(set) var ofSecrets: [String: Int64] = [:]
    /// Nil when the trail reaches back to the beginning.
    private(set) var trailStart: Timestamp?

    /// - Parameters:
    ///   - account: who pays: the caller's own.
    ///   - prefix: what the names of the secrets begin with; with one, calls about no secret are not
    ///     counted.
    ///   - start: of the time.
    ///   - end: of the time.
    ///   - vault: the vault.
    /// - Throws: InternalServiceError when the vault cannot be read.
    init(
        of account: String,
        prefix: String,
        from start: Timestamp,
        until end: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) {
        var position: Int64 = 0
        while true {
            let entries = try vault.auditEntries(after: position, limit: 500)
            if position == 0, let first = entries.first, first.sequence > 1,
                first.record.time > start
            {
                trailStart = first.record.time
            }
            for record in entries.map(\.record) where start <= record.time && record.time <= end {
                guard CountedCalls.isPaid(record, by: account) else { continue }
                // A batch reads secrets in the caller's name and is one call.
                count(record, isPart: record.invokedBy == SecretsManager.eventSource, prefix)
            }
            guard let last = entries.last?.sequence, entries.count == 500 else { return }
            position = last
        }
    }

    private static func isPaid(_ record: AuditRecord, by account: String) -> Bool {
        record.eventSource == SecretsManager.eventSource && !record.isServiceEvent
            && record.scope.account == account && record.callerAccount == account
    }

    private mutating func count(_ record: AuditRecord, isPart: Bool, _ prefix: String) {
        if let arn = record.resourceARN { ofSecrets[arn, default: 0] += 1 }
        guard !prefix.isEmpty else {
            total += isPart ? 0 : 1
            return
        }
        let name = record.resourceARN.flatMap { SecretARN.name(in: $0) }
        if let name, name.utf8.starts(with: prefix.utf8) { total += 1 }
    }
}
