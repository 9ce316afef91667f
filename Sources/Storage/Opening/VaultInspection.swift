internal import Cryptography

/// What can be told of a vault's file without opening the vault.
package struct VaultInspection: Sendable, Equatable {
    /// Whether another process has it open; nothing else was looked at then.
    package var isServed = false
    /// The version of its schema.
    package var schema: Int64 = 0
    /// What is damaged, in SQLite's words; nil when nothing was found.
    package var damage: String?
    /// Why its rows would not be taken, in words that say what to do; nil when they are as they were
    /// sealed, or are from before there was a seal.
    package var changedRows: String?

    /// The version of the schema that this program writes.
    package static let newestSchema = Schema.version

    /// Looks at the file, its schema and its master key, and changes nothing in the database.
    ///
    /// - Parameter configuration: the file and its key.
    /// - Returns: what there is to tell.
    /// - Throws: why the vault would not open.
    package static func look(
        at configuration: VaultConfiguration
    ) throws(VaultOpeningError) -> VaultInspection {
        let path = try VaultFolder.resolve(configuration.path)
        let lock: VaultLock
        do throws(VaultOpeningError) {
            lock = try VaultLock(beside: path, patience: 0)
        } catch {
            guard error.reason == .locked else { throw error }
            return VaultInspection(isServed: true)
        }
        defer { withExtendedLifetime(lock) {} }
        do {
            _ = try VaultFile.size(of: path)
            let connection = try Connection(path: path, for: .reading)
            var inspection = VaultInspection()
            inspection.schema = try VaultFile.checkIdentity(of: connection, path)
            var check = MasterKeyCheck(path: path, configuration)
            if inspection.schema > 0 { try check.verify(connection) }
            inspection.damage = try connection.damage()
            if inspection.schema >= Schema.firstSealed || check.saysSealed,
                let key = check.verifiedKey
            {
                inspection.changedRows = try changedRows(of: connection, at: path, key)
            }
            return inspection
        } catch let error as VaultOpeningError {
            throw error
        } catch let error as SQLiteError {
            throw .sqlite(error, path)
        } catch {
            throw .underivableMasterKey("\(error)")
        }
    }

    private static func changedRows(
        of connection: Connection,
        at path: String,
        _ key: KeyMaterial
    ) throws -> String? {
        let transaction = SQLiteTransaction(connection, MasterKeys(key))
        try transaction.begin(.begin)
        defer { transaction.rollBack() }
        return try transaction.findRows().refusal(at: path)?.description
    }
}
