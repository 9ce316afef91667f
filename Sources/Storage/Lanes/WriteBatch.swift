internal import AWS
internal import Glibc

/// Commits what has gathered, on the writer's connection.
struct WriteBatch {
    /// What is left to do once the batch is settled, away from the connection.
    struct Settlement {
        var completions: [@Sendable () -> Void] = []
        /// Records of reads that found no place in the audit trail.
        var droppedRecords = 0
    }

    let transaction: SQLiteTransaction
    let auditRecordLimit: Int
    let commits: CommitCount
    let files: VaultFiles

    /// Commits all together; when an error ended the transaction, each job again by itself.
    ///
    /// Nothing is written when the files are not the vault's any more.
    func settle(_ jobs: [WriteJob], _ records: [AuditRecord]) -> Settlement {
        let connection = transaction.connection
        if let loss = files.loss(seenBy: connection) {
            // Acknowledged before the WAL was deleted, and in no file but an open one.
            if loss.isAside(from: files.path) { saveWAL() }
            return refusal(of: jobs, VaultFailure(loss), records)
        }
        defer { files.noteWritten(by: connection) }
        return settleInFiles(jobs, records)
    }

    private func settleInFiles(_ jobs: [WriteJob], _ records: [AuditRecord]) -> Settlement {
        if let settlement = attempt(jobs, records) { return settlement }
        var settlement = Settlement()
        for job in jobs {
            add(attempt([job], []) ?? refusal(of: [job], lostTransaction), to: &settlement)
        }
        if !records.isEmpty {
            let alone = attempt([], records) ?? Settlement(droppedRecords: records.count)
            add(alone, to: &settlement)
        }
        return settlement
    }

    /// One transaction; nil when SQLite ended it, with all that the jobs had done.
    private func attempt(_ jobs: [WriteJob], _ records: [AuditRecord]) -> Settlement? {
        var settlement = Settlement()
        do {
            try transaction.begin(.beginImmediate)
        } catch {
            return refusal(of: jobs, VaultFailure("\(error)"), records)
        }
        if let failure = failureOfRows() {
            transaction.rollBack()
            return refusal(of: jobs, failure, records)
        }
        transaction.append(records)
        var completions: [WriteJob.Completion] = []
        var mustBeUndone = false
        for job in jobs where transaction.connection.isInTransaction {
            let ran = job.run(transaction)
            completions.append(ran.completion)
            mustBeUndone = mustBeUndone || ran.mustBeUndone
        }
        guard transaction.connection.isInTransaction else {
            transaction.rollBack()
            return nil
        }
        if mustBeUndone {
            // The inbox sees to it that nothing else is in this transaction.
            transaction.rollBack()
            settlement.completions = completions.map { completion in { completion(nil) } }
            return settlement
        }
        do throws(APIError) {
            try transaction.translatingErrors {
                try transaction.endAudit(
                    keeping: auditRecordLimit,
                    added: records.count + jobs.count
                )
            }
        } catch {
            // Perhaps there is room for one record, and not for all of them.
            transaction.rollBack()
            return nil
        }
        do {
            try commit(jobs)
        } catch {
            transaction.rollBack()
            let failure = VaultFailure("\(error)")
            settlement.completions = completions.map { completion in { completion(failure) } }
            settlement.droppedRecords = records.count
            return settlement
        }
        settlement.completions = completions.map { completion in { completion(nil) } }
        return settlement
    }

    /// Why nothing may be written: another process has changed rows since the latest commit, or that
    /// cannot be told.
    ///
    /// Nobody else can change any while the transaction is open.
    private func failureOfRows() -> VaultFailure? {
        do {
            let tables = try transaction.rowsChangedByOthers()
            return tables.isEmpty ? nil : VaultFailure(files.noteChangedRows(in: tables))
        } catch {
            return VaultFailure("\(error)")
        }
    }

    /// Records of reads alone change nothing that a reader keeps.
    private func commit(_ jobs: [WriteJob]) throws(SQLiteError) {
        guard !jobs.isEmpty else { return try transaction.commit() }
        try commits.counting(transaction.commit)
    }

    /// Brings what the WAL has into the database, and leaves nothing in it.
    func emptyWAL() {
        try? transaction.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        files.noteWritten(by: transaction.connection)
    }

    /// The same when nothing more will be written: no reader is waited for.
    private func saveWAL() {
        try? transaction.connection.execute("PRAGMA busy_timeout = 0")
        emptyWAL()
    }

    /// Lets go of the files: the one file is the vault then, unless it is another's now.
    func close() {
        guard case .overwritten? = files.loss(seenBy: transaction.connection) else {
            return saveWAL()
        }
        // The WAL belongs to what was there before, and would be read into what is there now.
        transaction.connection.closeWithoutCheckpoint()
        rename(files.path + "-wal", files.path + "-wal.former")
    }

    private var lostTransaction: VaultFailure {
        VaultFailure(transaction.latestError ?? "\(SQLiteError.transactionIsLost)")
    }

    private func refusal(
        of jobs: [WriteJob],
        _ failure: VaultFailure,
        _ records: [AuditRecord] = []
    ) -> Settlement {
        Settlement(
            completions: jobs.map { job in { job.refuse(failure) } },
            droppedRecords: records.count
        )
    }

    private func add(_ part: Settlement, to settlement: inout Settlement) {
        settlement.completions += part.completions
        settlement.droppedRecords += part.droppedRecords
    }
}
