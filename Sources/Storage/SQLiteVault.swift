package import AWS
internal import Glibc
internal import Threads

/// The vault in one SQLite file: encrypted values, group commit, and reads that wait for nobody.
package final class SQLiteVault: Vault {
    private let readers: Readers
    private let writer: Writer
    private let temporary: TemporaryVault?
    /// Held until the connections are closed.
    private let lock: Locked<VaultLock?>

    init(readers: Readers, writer: Writer, lock: VaultLock, temporary: TemporaryVault?) {
        self.readers = readers
        self.writer = writer
        self.lock = Locked(lock)
        self.temporary = temporary
    }

    deinit {
        close()
    }

    package func read<Answer: Sendable>(
        _ body: (any VaultReading) -> Answer
    ) throws(VaultFailure) -> Answer {
        try readers.read(body)
    }

    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    ) {
        writer.submit(WriteJob(body, then: then))
    }

    package func append(_ record: AuditRecord) {
        writer.append(record)
    }

    /// How many records of reads the audit trail lost, to a full queue or a full disk.
    package var droppedAuditRecords: Int { writer.droppedRecords }

    /// Commits everything that is queued and closes the file.
    ///
    /// Reads and writes that come later are refused with a `VaultFailure`; a second call does
    /// nothing.
    package func close() {
        guard let lock = lock.withLock({ $0.take() }) else { return }
        readers.close()
        writer.stop()
        // Reads in flight are short; one that is not done after a second loses its file.
        let deadline = WakeSignal.now + 1_000_000_000
        while readers.isBusy, WakeSignal.now < deadline {
            usleep(200)
        }
        temporary?.remove()
        // Only now may another process have the file.
        withExtendedLifetime(lock) {}
    }
}
