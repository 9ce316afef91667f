package import Notation

/// The audit trail, as it is read.
package protocol TrailReading {
    /// `limit` entries of the audit trail before one, or the newest, newest first.
    func auditEntries(before sequence: Int64?, limit: Int) throws(APIError) -> [AuditEntry]

    /// What a filter is for among the entries before one, or among all, newest first.
    ///
    /// It stops when it has come across `limit` entries or more, or at the beginning.
    func auditEntries(
        before sequence: Int64?,
        for filter: TrailFilter,
        limit: Int
    ) throws(APIError) -> TrailPiece

    /// `limit` entries of the audit trail after one, oldest first.
    func auditEntries(after sequence: Int64, limit: Int) throws(APIError) -> [AuditEntry]

    /// When the oldest record of the audit trail was made; nil when there is none but the newest,
    /// which always stays.
    func oldestAuditTime() throws(APIError) -> Timestamp?

    /// Follows the hash chain over the audit trail a piece further.
    func verifyAudit(after verification: AuditVerification) throws(APIError) -> AuditVerification

    /// Holds all rows against their seal, and each index against its rows.
    func verifyRows() throws(APIError) -> RowVerification
}

/// What can be done to the audit trail.
package protocol TrailWriting: TrailReading {
    /// Removes the records at the beginning of the audit trail that are older.
    func trimAudit(before time: Timestamp) throws(APIError)

    /// Appends to the audit trail, in this transaction.
    func append(_ record: AuditRecord) throws(APIError)
}
