internal import Threads

/// All rows of a vault that is being opened, read on two threads: that is most of what opening a large
/// one takes.
///
/// Each has a connection, and takes one table after the other until none is left. Whoever opens a vault
/// keeps others from writing, so both find the same rows.
struct RowReading {
    /// What the second thread brings back.
    private struct Finding {
        var sums = RowSums()
        var connection: Connection?
        var failure: (any Error)?
    }

    private(set) var sums: RowSums
    /// The second connection, for whoever reads next.
    let reader: Connection?

    init(
        of tables: RowTables,
        in connection: Connection,
        at path: String,
        _ chain: AuditChain
    ) throws {
        let left = Locked(try tables.toRead(connection)[...])
        let finding = Locked(Finding())
        let second = WorkerThread {
            finding.withLock { finding in
                do {
                    let connection = try Connection(path: path, for: .reading)
                    try connection.configure(for: .reading)
                    let code = SQLiteTransaction.rowCode(chain)
                    finding.sums = try RowSums(taking: left, in: connection, code)
                    finding.connection = connection
                } catch {
                    finding.failure = error
                }
            }
        }
        let code = SQLiteTransaction.rowCode(chain)
        let own = Result { try RowSums(taking: left, in: connection, code) }
        second?.join()
        let found = finding.withLock { $0 }
        if let failure = found.failure { throw failure }
        sums = try own.get()
        sums.add(found.sums)
        reader = found.connection
    }
}
