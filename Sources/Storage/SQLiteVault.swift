package import AWS

/// The vault in one SQLite file: encrypted values, group commit, and reads that wait for nobody.
package final class SQLiteVault: Vault {
    private let readers: Readers
    private let writer: Writer
    /// The folder of a vault in memory.
    let temporaryFolder: String?

    init(readers: Readers, writer: Writer, temporaryFolder: String?) {
        self.readers = readers
        self.writer = writer
        self.temporaryFolder = temporaryFolder
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
        readers.close()
        writer.stop()
    }
}
