internal import Cryptography
internal import Glibc

/// The database file on its way to being a vault that is open.
struct VaultFile {
    /// A file that is what it should be, and the key that it was made with.
    struct Opened {
        let connection: Connection
        let masterKey: KeyMaterial
        /// The version of its schema, which may have to be brought up to date.
        let version: Int64
        /// Whether its rows are sealed, as only who has the key can say.
        let saysSealed: Bool
        /// Whether there was nothing at all in it.
        let isFresh: Bool
    }

    let path: String

    /// Every check comes before the first change; but the rows are held against their seal by whoever
    /// has the key, and before what is there is brought up to date.
    func open(_ configuration: VaultConfiguration) throws(VaultOpeningError) -> Opened {
        do {
            let isNew = try checkFile(besideKey: configuration.masterKey)
            let connection = try Connection(path: path, for: .writing)
            // SQLite makes files as the umask says; the WAL takes its permissions from this one.
            if isNew, chmod(path, 0o600) != 0 { throw VaultOpeningError.readOnly(path) }
            guard !connection.isReadOnly else { throw VaultOpeningError.readOnly(path) }
            let version = try VaultFile.checkIdentity(of: connection, path)
            var check = MasterKeyCheck(path: path, configuration)
            if version > 0 { try check.verify(connection) }
            try connection.configure(for: .writing)
            // Without a key there is no row yet.
            let isMade = check.verifiedKey != nil
            if !isMade {
                try connection.migrate(Schema.migrations, applicationID: Schema.applicationID)
            }
            return Opened(
                connection: connection,
                masterKey: try check.key(storedIn: connection),
                version: version > 0 ? version : Schema.version,
                saysSealed: check.saysSealed,
                isFresh: version == 0
            )
        } catch let error as VaultOpeningError {
            throw error
        } catch let error as SQLiteError {
            throw .sqlite(error, path)
        } catch {
            throw .underivableMasterKey("\(error)")
        }
    }

    /// Looks at the file without opening it; says whether it has to be made.
    private func checkFile(
        besideKey source: MasterKeySource
    ) throws(VaultOpeningError) -> Bool {
        guard let size = try VaultFile.size(of: path) else { return true }
        if size == 0, case .file(let key) = source, access(key, F_OK) == 0,
            try VaultFolder.parent(of: VaultFolder.resolve(key)) == VaultFolder.parent(of: path)
        {
            throw .emptied(path, key)
        }
        guard access(path, R_OK | W_OK) == 0, access(VaultFolder.parent(of: path), W_OK) == 0 else {
            throw .readOnly(path)
        }
        return false
    }

    /// How many bytes a vault's file has; nil when there is none yet.
    ///
    /// Refuses what cannot be a vault, by its name: SQLite would wait for a pipe. A file with two
    /// names has two locks, and may be another's.
    static func size(of path: String) throws(VaultOpeningError) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let kind = FileKind(status)
        guard kind == .file else { throw .unfit(path, "\(kind.rawValue), and no vault") }
        guard status.st_nlink <= 1 else {
            throw .unfit(path, "a file of \(status.st_nlink) names (hard links)")
        }
        return Int64(status.st_size)
    }

    /// The version of the schema; 0 for an empty database.
    static func checkIdentity(of connection: Connection, _ path: String) throws -> Int64 {
        let application = try connection.integer("PRAGMA application_id")
        let version = try connection.integer("PRAGMA user_version")
        let objects = try connection.integer("SELECT count(*) FROM sqlite_schema")
        guard application == Schema.applicationID || (application == 0 && objects == 0) else {
            throw VaultOpeningError.foreign(path)
        }
        guard version <= Schema.version else {
            throw VaultOpeningError.newerSchema(path, version: version)
        }
        return version
    }
}
