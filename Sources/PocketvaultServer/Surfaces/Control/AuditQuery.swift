internal import AWS
internal import Notation

/// Which records of the audit trail are asked for.
struct AuditQuery: Sendable {
    /// The records after this one; nil for the newest.
    let after: Int64?
    private let limit: Int
    private let secret: String?
    private let event: String?
    private let principal: String?
    private let since: Timestamp?
    private let until: Timestamp?
    private let failedOnly: Bool
    /// Only what policies had something against, whether it was refused or let in all the same.
    private let refusedOnly: Bool
    private let eventsOnly: Bool

    /// The records, oldest first, and the sequence number to go on after.
    struct Page: Sendable {
        let entries: [AuditEntry]
        let last: Int64
    }

    init(_ fields: FormFields) throws(ControlOrder.Refusal) {
        after = try fields.number("after", 0...Int64.max)
        limit = Int(try fields.number("limit", 1...1_000) ?? 50)
        secret = fields["secret"]
        event = fields["event"]
        principal = fields["principal"]
        since = try fields.time("since")
        until = try fields.time("until")
        failedOnly = try fields.flag("failed")
        refusedOnly = try fields.flag("refused")
        eventsOnly = try fields.flag("events")
    }

    /// Whether it may go through much of the trail, and not only one page.
    var mayTakeLong: Bool { after == nil && !isOpen }

    /// The trail is read piece by piece.
    func page(of vault: any Vault) throws(APIError) -> Page {
        if let after { return try following(after, of: vault) }
        var found: [AuditEntry] = []
        let newest = try vault.reading { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 1).first?.sequence ?? 0
        }
        var position: Int64? = newest == .max ? nil : newest + 1
        repeat {
            let piece = try vault.reading { [position] vault throws(APIError) in
                try vault.auditEntries(before: position, for: filter, limit: AuditQuery.pageSize)
            }
            found += piece.entries.filter(matches).prefix(limit - found.count)
            position = piece.next
        } while position != nil && found.count < limit
        return Page(entries: found.reversed(), last: newest)
    }

    /// What the store can pass over the rest by.
    private var filter: TrailFilter {
        var filter = TrailFilter(text: principal ?? secret ?? event)
        if failedOnly { filter.kinds.insert(.failures) }
        if refusedOnly { filter.kinds.insert(.refusals) }
        if eventsOnly { filter.kinds.insert(.serviceEvents) }
        filter.since = since
        filter.until = until
        return filter
    }

    private func following(_ sequence: Int64, of vault: any Vault) throws(APIError) -> Page {
        let page = try vault.reading { vault throws(APIError) in
            try vault.auditEntries(after: sequence, limit: limit)
        }
        return Page(entries: page.filter(matches), last: page.last?.sequence ?? sequence)
    }

    /// Whether it asks for all records, of whatever kind.
    var isOpen: Bool {
        secret == nil && event == nil && principal == nil && since == nil && until == nil
            && !failedOnly && !refusedOnly && !eventsOnly
    }

    func matches(_ entry: AuditEntry) -> Bool {
        let record = entry.record
        if failedOnly, record.errorCode == nil, record.errorMessage == nil { return false }
        if refusedOnly, record.decision == nil { return false }
        if eventsOnly, !record.isServiceEvent { return false }
        if let since, record.time < since { return false }
        if let until, record.time > until { return false }
        if let event, record.eventName != event { return false }
        if let principal, record.principalARN != principal { return false }
        return secret.map { AuditQuery.isSecret(record.resourceARN, named: $0) } ?? true
    }

    /// By its ARN, or by its name, which stands in the ARN before the suffix.
    private static func isSecret(_ arn: String?, named secretID: String) -> Bool {
        guard let arn else { return false }
        return arn == secretID || arn.dropLast(7).hasSuffix(":secret:\(secretID)")
    }

    private static let pageSize = 500
}
