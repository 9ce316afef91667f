internal import AWS

extension SQLiteTransaction {
    func append(_ record: AuditRecord) throws(APIError) {
        try translatingErrors {
            let insertion = try statement(.appendAudit)
            try insertion.bind(1, record.time.milliseconds)
            try insertion.bind(2, record.requestID)
            try insertion.bind(3, record.eventSource)
            try insertion.bind(4, record.eventName)
            try insertion.bind(5, record.scope.account)
            try insertion.bind(6, record.scope.region)
            try insertion.bind(7, record.principalARN)
            try insertion.bind(8, record.accessKeyID)
            try insertion.bind(9, record.sourceAddress)
            try insertion.bind(10, record.userAgent)
            try insertion.bind(11, record.secretARN)
            try insertion.bind(12, record.requestParameters)
            try insertion.bind(13, record.errorCode)
            try insertion.bind(14, record.errorMessage)
            try insertion.bind(15, record.isReadOnly)
            try insertion.run()
        }
    }

    func auditRecords(limit: Int) throws(APIError) -> [AuditRecord] {
        try translatingErrors {
            let rows = try statement(.latestAudit)
            try rows.bind(1, Int64(max(0, limit)))
            var records: [AuditRecord] = []
            while try rows.step() {
                records.append(auditRecord(in: rows))
            }
            return records
        }
    }

    /// Removes the oldest records beyond the newest `limit`.
    func trimAudit(to limit: Int) throws(SQLiteError) {
        let deletion = try statement(.trimAudit)
        try deletion.bind(1, Int64(limit))
        try deletion.run()
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

    private func auditRecord(in row: borrowing Statement) -> AuditRecord {
        AuditRecord(
            time: Timestamp(milliseconds: row.integer(0)),
            requestID: row.text(1),
            eventSource: row.text(2),
            eventName: row.text(3),
            scope: Scope(account: row.text(4), region: row.text(5)),
            principalARN: row.text(6),
            accessKeyID: row.optionalText(7),
            sourceAddress: row.text(8),
            userAgent: row.optionalText(9),
            secretARN: row.optionalText(10),
            requestParameters: row.optionalText(11),
            errorCode: row.optionalText(12),
            errorMessage: row.optionalText(13),
            isReadOnly: row.integer(14) != 0
        )
    }
}
