/// One step of the schema, from the version before it to its own.
struct Migration: Sendable {
    /// The `user_version` that the database has afterwards; steps count from 1 without a gap.
    let version: Int64
    let sql: String
}

extension Connection {
    /// Takes every step that the database has not taken yet, all in one transaction: a step that fails
    /// leaves the file as it was.
    func migrate(_ migrations: [Migration], applicationID: Int64) throws(SQLiteError) {
        try run(.beginImmediate)
        do throws(SQLiteError) {
            try takeSteps(migrations, applicationID: applicationID)
            try run(.commit)
        } catch {
            if isInTransaction { try? run(.rollback) }
            throw error
        }
    }

    /// The same in the transaction that is open.
    func takeSteps(_ migrations: [Migration], applicationID: Int64) throws(SQLiteError) {
        let present = try integer("PRAGMA user_version")
        let missing = migrations.filter { $0.version > present }
        guard let newest = missing.last else { return }
        for migration in missing { try execute(migration.sql) }
        try execute("PRAGMA application_id = \(applicationID)")
        try execute("PRAGMA user_version = \(newest.version)")
    }
}
