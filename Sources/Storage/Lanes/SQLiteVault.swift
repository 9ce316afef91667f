package import AWS
internal import Notation

/// The vault in one SQLite file: encrypted values, group commit, and reads that wait for nobody.
package final class SQLiteVault: Vault {
    private let readers: Readers
    private let writer: Writer
    private let files: VaultFiles
    /// The folder of a vault in memory, which is removed with it.
    package let temporaryFolder: String?
    /// What gives it a new master key.
    let rotation: MasterKeyRotation

    init(
        readers: Readers,
        writer: Writer,
        files: VaultFiles,
        temporaryFolder: String?,
        rotation: MasterKeyRotation
    ) {
        self.readers = readers
        self.writer = writer
        self.files = files
        self.rotation = rotation
        self.temporaryFolder = temporaryFolder
    }

    deinit {
        close()
    }

    package func read(_ body: (any VaultReading) -> Void) throws(VaultFailure) {
        try readers.read(body)
    }

    package func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    ) {
        writer.submit(WriteJob(body, then: then))
    }

    package func writeAlone<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer,
        then: @escaping @Sendable (Result<Answer, APIError>) -> Void
    ) {
        writer.submit(WriteJob(alone: body, then: then))
    }

    package func note(
        _ notes: [ReadNote],
        then: @escaping @Sendable () -> Void
    ) {
        writer.note(notes, then: then)
    }

    package func append(_ record: AuditRecord) {
        writer.append(record)
    }

    package var droppedAuditRecords: Int { writer.droppedRecords }

    /// Brings what the WAL has into the database, and leaves nothing in it.
    func emptyWAL() {
        writer.emptyWAL()
    }

    package func follow(_ follower: @escaping @Sendable () -> Void) {
        writer.follow(follower)
    }

    /// Why nothing is written any more, when its files are not what they were.
    package var loss: VaultFailure? { files.loss.map { VaultFailure($0) } }

    /// The same, as the latest write met it.
    package var noticedLoss: VaultFailure? { files.noticed.map { VaultFailure($0) } }

    /// Commits everything that is queued and closes the file.
    ///
    /// Reads and writes that come later are refused with a `VaultFailure`; a second call does
    /// nothing.
    package func close() {
        readers.close()
        writer.stop()
    }

    /// Removes a vault in memory from under whoever uses it, because the process ends at once.
    package func abandon() {
        if let temporaryFolder { TemporaryVault(folder: temporaryFolder).remove() }
    }
}
