internal import Threads

/// All rows of a vault that is being opened, read on two threads: that is most of what opening a large
/// one takes.
///
/// Each has a connection, and takes one table after the other until none is left. Whoever opens a vault
/// keeps others from writing, so both find the same rows as long as nothing is changed.
struct RowReading {
    /// What the second thread brings back; nothing, when there is no second connection to be had.
    private struct Finding {
        var sums = RowSums()
        var connection: Connection?
        var failure: (any Error)?
    }

    private(set) var sums: RowSums
    /// The second connection, for whoever reads next.
    let reader: Connection?

    /// - Parameters:
    ///   - tables: those of the vault.
    ///   - connection: the one that keeps others from writing.
    ///   - path: where the second one finds the same rows; nil when it would not.
    ///   - chain: by whose key rows are hashed.
    /// - Throws: what kept either from reading.
    init(
        of tables: RowTables,
        in connection: Connection,
        beside path: String?,
        _ chain: AuditChain
    ) throws {
        let left = Locked(try tables.toRead(connection)[...])
        let finding = Locked(Finding())
        let second = path.flatMap { path in
            WorkerThread {
                finding.withLock { $0 = RowReading.find(left, at: path, chain) }
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

    private static func find(
        _ left: Locked<ArraySlice<RowTable>>,
        at path: String,
        _ chain: AuditChain
    ) -> Finding {
        var finding = Finding()
        guard let connection = try? Connection.reading(path) else { return finding }
        do {
            let code = SQLiteTransaction.rowCode(chain)
            finding.sums = try RowSums(taking: left, in: connection, code)
            finding.connection = connection
        } catch {
            finding.failure = error
        }
        return finding
    }
}
