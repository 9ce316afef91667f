internal import AWS
internal import Cryptography

extension SQLiteVault {
    /// Opens a vault, or makes it when there is none yet.
    ///
    /// Refuses, before anything is changed, what is in use, cannot be written, is no vault, is of
    /// a newer version, or has another master key.
    package static func open(
        _ configuration: VaultConfiguration
    ) throws(VaultOpeningError) -> SQLiteVault {
        guard configuration.path == VaultConfiguration.inMemory else {
            let folder = VaultFolder.parent(of: configuration.path)
            if try VaultFolder.makeIfMissing(folder) { VaultFolder.ignoreInGit(folder) }
            let path = try VaultFolder.resolve(configuration.path)
            // What cannot be a vault gets no lock beside it.
            _ = try VaultFile.size(of: path)
            return try open(path, VaultLock(beside: path), nil, configuration)
        }
        let unnamed = try TemporaryVault(fallback: configuration.temporaryDirectory)
        var temporary = unnamed
        do throws(VaultOpeningError) {
            let lock = try VaultLock(beside: unnamed.database)
            temporary = unnamed.named()
            return try open(temporary.database, lock, temporary, configuration)
        } catch {
            temporary.remove()
            throw error
        }
    }

    private static func open(
        _ path: String,
        _ lock: VaultLock,
        _ temporary: TemporaryVault?,
        _ configuration: VaultConfiguration
    ) throws(VaultOpeningError) -> SQLiteVault {
        let file = try VaultFile(path: path).open(configuration)
        let commits = CommitCount()
        let keys = MasterKeys(file.masterKey)
        let transaction = SQLiteTransaction(file.connection, keys)
        let reader = try transaction.openRows(of: file, at: path, configuration)
        let files = VaultFiles(of: file.connection, at: path)
        transaction.files = files
        let readers = Readers(
            files: files,
            masterKeys: keys,
            commits: commits,
            count: configuration.readerCount
        )
        do throws(SQLiteError) {
            if let reader { try readers.adopt(reader) }
        } catch {
            throw .sqlite(error, path)
        }
        let writer = Writer(
            WriteBatch(
                transaction: transaction,
                auditRecordLimit: max(1, configuration.auditRecordLimit),
                commits: commits,
                files: files
            ),
            whenClosed: {
                readers.waitUntilIdle()
                temporary?.remove()
                // Only now may another process have the file.
                withExtendedLifetime(lock) {}
            }
        )
        do {
            try writer.start()
        } catch {
            throw .starting(error)
        }
        return SQLiteVault(
            readers: readers,
            writer: writer,
            files: files,
            temporaryFolder: temporary?.folder,
            rotation: MasterKeyRotation(
                path: path,
                source: configuration.masterKey,
                cost: configuration.passphraseCost,
                keys: keys
            )
        )
    }
}
