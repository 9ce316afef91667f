internal import AWS

/// Which records of the audit trail are asked for.
struct AuditQuery: Sendable {
    /// The records after this one; nil for the newest.
    private let after: Int64?
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
        after = try AuditQuery.number("after", in: fields, 0...Int64.max)
        limit = Int(try AuditQuery.number("limit", in: fields, 1...1_000) ?? 50)
        secret = fields["secret"]
        event = fields["event"]
        principal = fields["principal"]
        since = try AuditQuery.time("since", in: fields)
        until = try AuditQuery.time("until", in: fields)
        failedOnly = try AuditQuery.flag("failed", in: fields)
        refusedOnly = try AuditQuery.flag("refused", in: fields)
        eventsOnly = try AuditQuery.flag("events", in: fields)
    }

    func page(in vault: any VaultReading) throws(APIError) -> Page {
        if let after { return try following(after, in: vault) }
        var found: [AuditEntry] = []
        var position: Int64?
        var newest: Int64 = 0
        for _ in 0..<AuditQuery.maximumPages where found.count < limit {
            let page = try vault.auditEntries(before: position, limit: AuditQuery.pageSize)
            if position == nil { newest = page.first?.sequence ?? 0 }
            found += page.filter(matches).prefix(limit - found.count)
            guard page.count == AuditQuery.pageSize else { break }
            position = page.last?.sequence
        }
        return Page(entries: found.reversed(), last: newest)
    }

    private func following(_ sequence: Int64, in vault: any VaultReading) throws(APIError) -> Page {
        let page = try vault.auditEntries(after: sequence, limit: limit)
        return Page(entries: page.filter(matches), last: page.last?.sequence ?? sequence)
    }

    private func matches(_ entry: AuditEntry) -> Bool {
        let record = entry.record
        if failedOnly, record.errorCode == nil, record.errorMessage == nil { return false }
        if refusedOnly, record.decision == nil { return false }
        if eventsOnly, !record.isServiceEvent { return false }
        if let since, record.time < since { return false }
        if let until, record.time > until { return false }
        if let event, record.eventName != event { return false }
        if let principal, record.principalARN != principal { return false }
        return secret.map { AuditQuery.isSecret(record.secretARN, named: $0) } ?? true
    }

    /// By its ARN, or by its name, which stands in the ARN before the suffix.
    private static func isSecret(_ arn: String?, named secretID: String) -> Bool {
        guard let arn else { return false }
        return arn == secretID || arn.dropLast(7).hasSuffix(":secret:\(secretID)")
    }

    private static func number(
        _ name: String,
        in fields: FormFields,
        _ range: ClosedRange<Int64>
    ) throws(ControlOrder.Refusal) -> Int64? {
        guard let text = fields[name] else { return nil }
        guard let number = Int64(text), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            throw ControlOrder.Refusal("The field \(name) is a whole number from \(bounds).")
        }
        return number
    }

    private static func time(
        _ name: String,
        in fields: FormFields
    ) throws(ControlOrder.Refusal) -> Timestamp? {
        guard let text = fields[name] else { return nil }
        guard let time = Timestamp(text: text) else {
            throw ControlOrder.Refusal(
                "The field \(name) is a moment as in 2026-11-24T10:00:00Z."
            )
        }
        return time
    }

    private static func flag(
        _ name: String,
        in fields: FormFields
    ) throws(ControlOrder.Refusal) -> Bool {
        switch fields[name] {
        case nil, "false": false
        case "true": true
        default: throw ControlOrder.Refusal("The field \(name) is true or false.")
        }
    }

    private static let pageSize = 500
    /// The trail has no index: a look-up goes back so far and no further.
    private static let maximumPages = 200
}
