/// One step of the schema, from the version before it to its own.
struct Migration: Sendable {
    /// The `user_version` that the database has afterwards; steps count from 1 without a gap.
    let version: Int64
    let sql: String
}

extension Connection {
    /// Takes every step that the database has not taken yet, each in a transaction of its own.
    ///
    /// The `application_id` is set with every step, so that no state of the file is without it.
    func migrate(_ migrations: [Migration], applicationID: Int64) throws(SQLiteError) {
        let present = try integer("PRAGMA user_version")
        for migration in migrations where migration.version > present {
            try run(.beginImmediate)
            do throws(SQLiteError) {
                try execute(migration.sql)
                try execute("PRAGMA application_id = \(applicationID)")
                try execute("PRAGMA user_version = \(migration.version)")
                try run(.commit)
            } catch {
                if isInTransaction { try? run(.rollback) }
                throw error
            }
        }
    }
}
