internal import AWS

extension SQLiteTransaction {
    func append(_ record: AuditRecord) throws(APIError) {
        try translatingErrors {
            let hash = try chainHash(of: record)
            let insertion = try statement(.appendAudit)
            try bind(record, after: nil, in: insertion)
            try insertion.bind(18, blob: hash)
            try insertion.run()
            noteChained(hash)
        }
    }

    /// Appends records of reads and gives how many of them found no place.
    ///
    /// Most have most in common with the one before them, whose bindings stay.
    func append(_ records: [AuditRecord]) -> Int {
        guard let insertion = try? statement(.appendAudit) else { return records.count }
        var dropped = 0
        var previous: AuditRecord?
        for record in records {
            do throws(APIError) {
                try translatingErrors {
                    guard connection.isInTransaction else { throw SQLiteError.transactionIsLost }
                    let hash = try chainHash(of: record)
                    try bind(record, after: previous, in: insertion)
                    try insertion.bind(18, blob: hash)
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
        in insertion: borrowing Statement
    ) throws(SQLiteError) {
        try insertion.bind(1, record.time.milliseconds)
        try insertion.bind(2, record.requestID)
        try insertion.rebind(3, record.eventSource, previous?.eventSource)
        try insertion.rebind(4, record.eventName, previous?.eventName)
        try insertion.rebind(5, record.scope.account, previous?.scope.account)
        try insertion.rebind(6, record.scope.region, previous?.scope.region)
        try insertion.rebind(7, record.principalARN, previous?.principalARN)
        try insertion.rebind(8, record.accessKeyID, previous?.accessKeyID)
        try insertion.rebind(9, record.sourceAddress, previous?.sourceAddress)
        try insertion.rebind(10, record.userAgent, previous?.userAgent)
        try insertion.rebind(11, record.secretARN, previous?.secretARN)
        try insertion.rebind(12, record.requestParameters, previous?.requestParameters)
        try insertion.rebind(13, record.errorCode, previous?.errorCode)
        try insertion.rebind(14, record.errorMessage, previous?.errorMessage)
        try insertion.bind(15, record.isReadOnly)
        try insertion.rebind(16, record.decision, previous?.decision)
        try insertion.rebind(17, record.principalID, previous?.principalID)
    }

    func auditEntries(before sequence: Int64?, limit: Int) throws(APIError) -> [AuditEntry] {
        try auditEntries(.auditBefore, sequence ?? .max, limit)
    }

    func auditEntries(after sequence: Int64, limit: Int) throws(APIError) -> [AuditEntry] {
        try auditEntries(.auditAfter, sequence, limit)
    }

    private func auditEntries(
        _ query: Query,
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
                    AuditEntry(sequence: rows.integer(17), record: auditRecord(in: rows))
                )
            }
            return entries
        }
    }

    func counts() throws(APIError) -> VaultCounts {
        try translatingErrors {
            VaultCounts(secrets: try tally("secret"), versions: try tally("version"))
        }
    }

    private func tally(_ table: String) throws(SQLiteError) -> Int64 {
        let row = try statement(.tallies)
        try row.bind(1, table)
        return try row.step() ? row.integer(0) : 0
    }

    func auditRecord(in row: borrowing Statement) -> AuditRecord {
        AuditRecord(
            time: Timestamp(milliseconds: row.integer(0)),
            requestID: row.text(1),
            eventSource: row.text(2),
            eventName: row.text(3),
            scope: Scope(account: row.text(4), region: row.text(5)),
            principalARN: row.text(6),
            principalID: row.optionalText(16),
            accessKeyID: row.optionalText(7),
            sourceAddress: row.text(8),
            userAgent: row.optionalText(9),
            secretARN: row.optionalText(10),
            requestParameters: row.optionalText(11),
            errorCode: row.optionalText(12),
            errorMessage: row.optionalText(13),
            decision: row.optionalText(15),
            isReadOnly: row.integer(14) != 0
        )
    }
}
