internal import AWS

/// How far the audit trail is chained, in a transaction that may yet be rolled back.
struct AuditProgress {
    let chain: AuditChain
    var anchor: AuditAnchor
    /// The newest block, which may have room for more.
    var block: AuditBlock?
    /// The number of the record that comes next.
    var next: Int64
    /// Whether `anchor` is what is stored.
    var isStored: Bool
}

extension AuditProgress {
    /// The next number, unless somebody put the last one there is into the file.
    static func following(_ sequence: Int64) throws(SQLiteError) -> Int64 {
        guard sequence < .max else {
            throw SQLiteError(code: 0, message: "the audit trail has no numbers left")
        }
        return sequence + 1
    }
}
