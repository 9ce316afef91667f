internal import AWS
internal import Notation

/// The audit trail, whose chain is in `SQLiteTransaction+AuditChain.swift`.
enum AuditTable: Int, StatementList {
    case append, before, after
    case sinceLink, hash, end, upTo
    case oldest, firstSince
    case trim

    enum Columns: Int32, RowColumns {
        case time, requestID, eventSource, eventName, account, region, principalARN, accessKeyID
        case sourceAddress, userAgent, secretARN, requestParameters, errorCode, errorMessage
        case isReadOnly, decision, principalID
        case sessionStartedAt, invokedBy, responseElements, madeCalls, fault
        case chainHash, sequence
    }

    static let table = Table.audit

    var sql: String {
        switch self {
        case .append: "INSERT INTO audit \(Columns.values(without: .sequence))"
        case .before:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence < ?2
            ORDER BY sequence DESC LIMIT ?1
            """
        case .after:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence > ?2 ORDER BY sequence LIMIT ?1
            """
        case .sinceLink:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
            """
        case .hash: "SELECT \(Columns.list) FROM audit WHERE sequence = ?1"
        case .end:
            """
            SELECT \(Columns.list) FROM audit WHERE sequence > 0
            ORDER BY sequence DESC LIMIT 1
            """
        case .upTo: "SELECT \(Columns.list) FROM audit WHERE sequence <= ?1 LIMIT 1"
        case .oldest:
            """
            SELECT \(Columns.list) FROM audit
            WHERE sequence > 0 AND sequence < (SELECT max(sequence) FROM audit)
            ORDER BY sequence LIMIT 1
            """
        case .firstSince:
            """
            SELECT \(Columns.list) FROM audit
            WHERE sequence > 0 AND time >= ?1 ORDER BY sequence LIMIT 1
            """
        case .trim: "DELETE FROM audit WHERE sequence <= ?1"
        }
    }
}

extension SQLiteTransaction {
    func append(_ record: AuditRecord) throws(APIError) {
        try translatingErrors {
            let hash = try chainHash(of: record)
            let insertion = try statement(AuditTable.append)
            try bind(record, after: nil, in: insertion)
            try insertion.bind(.chainHash, blob: hash)
            try insertion.run()
            noteChained(hash)
        }
    }

    /// Appends records of reads and gives how many of them found no place.
    ///
    /// Most have most in common with the one before them, whose bindings stay.
    func append(_ records: [AuditRecord]) -> Int {
        guard let insertion = try? statement(AuditTable.append) else { return records.count }
        var dropped = 0
        var previous: AuditRecord?
        for record in records {
            do throws(APIError) {
                try translatingErrors {
                    guard connection.isInTransaction else { throw SQLiteError.transactionIsLost }
                    let hash = try chainHash(of: record)
                    try bind(record, after: previous, in: insertion)
                    try insertion.bind(.chainHash, blob: hash)
                    try insertion.run()
                    noteChained(hash)
                }
                previous = record
            } catch {
                dropped += 1
                previous = nil
            }
            insertion.rewind(keepingBindings: previous != nil)
        }
        return dropped
    }

    /// Binds what the record before has not bound already.
    private func bind(
        _ record: AuditRecord,
        after previous: AuditRecord?,
        in insertion: borrowing Statement<AuditTable.Columns>
    ) throws(SQLiteError) {
        try insertion.bind(.time, record.time)
        try insertion.bind(.requestID, record.requestID)
        try insertion.rebind(.eventSource, record.eventSource, previous?.eventSource)
        try insertion.rebind(.eventName, record.eventName, previous?.eventName)
        try insertion.rebind(.account, record.scope.account, previous?.scope.account)
        try insertion.rebind(.region, record.scope.region, previous?.scope.region)
        try insertion.rebind(.principalARN, record.principalARN, previous?.principalARN)
        try insertion.rebind(.accessKeyID, record.accessKeyID, previous?.accessKeyID)
        try insertion.rebind(.sourceAddress, record.sourceAddress, previous?.sourceAddress)
        try insertion.rebind(.userAgent, record.userAgent, previous?.userAgent)
        try insertion.rebind(.secretARN, record.resourceARN, previous?.resourceARN)
        let requestParameters = record.requestParameters
        try insertion.rebind(.requestParameters, requestParameters, previous?.requestParameters)
        try insertion.rebind(.errorCode, record.errorCode, previous?.errorCode)
        try insertion.rebind(.errorMessage, record.errorMessage, previous?.errorMessage)
        try insertion.bind(.isReadOnly, record.isReadOnly)
        try insertion.rebind(.decision, record.decision, previous?.decision)
        try insertion.rebind(.principalID, record.principalID, previous?.principalID)
        let startedAt = record.sessionStartedAt
        try insertion.rebind(.sessionStartedAt, startedAt, previous?.sessionStartedAt)
        try insertion.rebind(.invokedBy, record.invokedBy, previous?.invokedBy)
        let responseElements = record.responseElements
        try insertion.rebind(.responseElements, responseElements, previous?.responseElements)
        try insertion.rebind(.madeCalls, record.madeCalls, previous?.madeCalls)
        try insertion.rebind(.fault, record.fault, previous?.fault)
    }

    func auditEntries(before sequence: Int64?, limit: Int) throws(APIError) -> [AuditEntry] {
        try auditEntries(.before, sequence ?? .max, limit)
    }

    func auditEntries(after sequence: Int64, limit: Int) throws(APIError) -> [AuditEntry] {
        try auditEntries(.after, sequence, limit)
    }

    private func auditEntries(
        _ query: AuditTable,
        _ sequence: Int64,
        _ limit: Int
    ) throws(APIError) -> [AuditEntry] {
        try translatingErrors {
            let rows = try statement(query)
            try rows.bind(1, Int64(max(0, limit)))
            try rows.bind(2, sequence)
            var entries: [AuditEntry] = []
            while try rows.step() {
                entries.append(
                    AuditEntry(sequence: rows.integer(.sequence), record: auditRecord(in: rows))
                )
            }
            return entries
        }
    }

    func auditRecord(in row: borrowing Statement<AuditTable.Columns>) -> AuditRecord {
        AuditRecord(
            time: row.timestamp(.time),
            requestID: row.text(.requestID),
            eventSource: row.text(.eventSource),
            eventName: row.text(.eventName),
            scope: Scope(account: row.text(.account), region: row.text(.region)),
            principalARN: row.text(.principalARN),
            principalID: row.optionalText(.principalID),
            accessKeyID: row.optionalText(.accessKeyID),
            sessionStartedAt: row.optionalTimestamp(.sessionStartedAt),
            invokedBy: row.optionalText(.invokedBy),
            sourceAddress: row.text(.sourceAddress),
            userAgent: row.optionalText(.userAgent),
            resourceARN: row.optionalText(.secretARN),
            requestParameters: row.optionalText(.requestParameters),
            responseElements: row.optionalText(.responseElements),
            madeCalls: row.optionalText(.madeCalls),
            errorCode: row.optionalText(.errorCode),
            errorMessage: row.optionalText(.errorMessage),
            decision: row.optionalText(.decision),
            fault: row.optionalText(.fault),
            isReadOnly: row.bool(.isReadOnly)
        )
    }
}
