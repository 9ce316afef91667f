internal import AWS

/// The port on one connection, while a transaction is open there.
///
/// One object serves all transactions of its connection, one after the other. A reader's
/// connection refuses changes by itself.
final class SQLiteTransaction {
    let connection: Connection
    let keyring: Keyring
    /// The latest error, for the failure of a transaction that SQLite ended.
    private(set) var latestError: String?
    /// What a reader has read before; the writer has none.
    let cache: ReadCache?
    /// How far the audit trail is chained, in this transaction; nil until that is asked.
    var auditProgress: AuditProgress?
    /// The records that were appended in this transaction.
    var newRecords: [AuditRecord] = []
    /// What keeps the rows of accounts, and what copies them, once it was needed.
    var knownSnapshotRows: SnapshotRows?
    var knownCopyStatements: [String]?
    /// Asked when something fails; nil while the vault is being opened.
    var files: VaultFiles?
    /// Keeps the sums of the rows that this connection changes; a reader has none.
    var rows: RowWatch?
    /// A read has begun, and its transaction begins with the first SELECT that it needs.
    private var mustBegin = false

    init(_ connection: Connection, _ masterKeys: MasterKeys, cache: ReadCache? = nil) {
        self.connection = connection
        self.cache = cache
        keyring = Keyring(masterKeys)
    }

    /// Lends a statement, unless SQLite ended the transaction: what came next would be committed
    /// at once and alone.
    func statement<List: StatementList>(
        _ statement: List
    ) throws(SQLiteError) -> Statement<List.Columns> {
        try requireTransaction()
        return try connection.statement(statement)
    }

    /// Runs a statement whose one parameter is the id of a row.
    func run(_ statement: some StatementList, _ rowID: Int64) throws(SQLiteError) {
        let statement = try self.statement(statement)
        try statement.bind(1, rowID)
        try statement.run()
    }

    /// Lends a statement that is in no table's list.
    func statement(keeping sql: String) throws(SQLiteError) -> Statement<NoColumns> {
        try requireTransaction()
        return try connection.statement(keeping: sql)
    }

    func requireTransaction() throws(SQLiteError) {
        if mustBegin {
            mustBegin = false
            try connection.run(.begin)
        }
        guard connection.isInTransaction else { throw .transactionIsLost }
    }

    /// Runs `body` and gives what it throws the shape that a client sees.
    func translatingErrors<Answer>(
        _ body: () throws -> Answer
    ) throws(APIError) -> Answer {
        do {
            return try body()
        } catch let error as APIError {
            throw error
        } catch {
            if (error as? SQLiteError)?.isAfterLoss != true { latestError = "\(error)" }
            if let loss = files?.loss { throw APIError(VaultFailure(loss)) }
            throw .internalServiceError(cause: "\(error)")
        }
    }

    /// Begins a transaction.
    func begin(_ control: TransactionControl) throws(SQLiteError) {
        latestError = nil
        try connection.run(control)
        connection.hasFailed = false
    }

    /// Runs `body` on one consistent state of the vault.
    ///
    /// When entries of the cache and rows may be of different states, `body` runs again on rows
    /// alone.
    func read(_ body: (any VaultReading) -> Void) throws(SQLiteError) {
        cache?.beginRead()
        let hasRows = try readOnce(body)
        guard let cache, cache.wasUsed, hasRows, !cache.isStateUnchanged else { return }
        cache.beginReadWithoutEntries()
        _ = try readOnce(body)
    }

    /// - Returns: whether rows were read.
    private func readOnce(_ body: (any VaultReading) -> Void) throws(SQLiteError) -> Bool {
        latestError = nil
        mustBegin = true
        body(self)
        let hasRows = !mustBegin
        mustBegin = false
        // The state is released with the first SELECT's lock; nothing is to be saved.
        if connection.isInTransaction { try commit() }
        return hasRows
    }

    /// Commits; when that fails nothing has happened.
    func commit() throws(SQLiteError) {
        do throws(SQLiteError) {
            guard connection.isInTransaction else { throw .transactionIsLost }
            try rows?.checkSealed()
            try connection.run(.commit)
            rows?.noteCommit(connection.dataVersion)
            keyring.noteCommit()
        } catch {
            rollBack()
            throw error
        }
    }

    /// Rolls back, if SQLite has not done it already.
    func rollBack() {
        if connection.isInTransaction { try? connection.run(.rollback) }
        auditProgress = nil
        newRecords = []
        rows?.noteRollback()
        keyring.noteRollback()
        keyring.noteCommit()
    }

    /// Sets a savepoint or lets go of it, in the transaction that is open.
    private func control(_ control: TransactionControl) throws(SQLiteError) {
        try requireTransaction()
        try connection.run(control)
    }
}

extension SQLiteTransaction: VaultWriting {
    /// Undoes what came since the latest savepoint.
    ///
    /// When that cannot be done, all is undone, and each job of the batch runs again: half a change
    /// must not be committed.
    private func rollBackToSavepoint() {
        do throws(SQLiteError) {
            try connection.run(.rollbackToSavepoint)
            try connection.run(.release)
        } catch {
            latestError = "\(error)"
            try? connection.run(.rollback)
        }
    }

    func atomically<Answer>(
        _ body: (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        try translatingErrors { try control(.savepoint) }
        let progress = auditProgress
        let recordCount = newRecords.count
        let sums = rows?.sums
        let hadFailed = connection.hasFailed
        do throws(APIError) {
            let answer = try body(self)
            try translatingErrors {
                if !hadFailed { try checkStatements() }
                try control(.release)
            }
            return answer
        } catch {
            // When the whole transaction is lost, so is the savepoint.
            if connection.isInTransaction { rollBackToSavepoint() }
            auditProgress = progress
            newRecords.removeLast(max(0, newRecords.count - recordCount))
            if let sums { rows?.sums = sums }
            connection.hasFailed = hadFailed
            keyring.noteRollback()
            throw error
        }
    }

    /// Refuses to go on after a statement that failed, whoever took its error for nothing: its rows are
    /// in the sums, and SQLite has undone them.
    func checkStatements() throws(SQLiteError) {
        guard !connection.hasFailed else {
            throw SQLiteError(code: 0, message: latestError ?? "a statement failed")
        }
    }
}
