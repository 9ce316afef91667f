internal import AWS
internal import Cryptography

/// The rows of a vault that is being opened: whether they are what was sealed, and what the schema of
/// this version makes of them.
extension SQLiteTransaction {
    /// Holds the rows against their seal, brings the tables up to date, and watches the rows from then
    /// on: all in one transaction, so that a vault is never without a seal.
    ///
    /// - Returns: a connection for reading, if one was needed.
    func openRows(
        of file: VaultFile.Opened,
        at path: String,
        _ configuration: VaultConfiguration
    ) throws(VaultOpeningError) -> Connection? {
        do {
            try begin(.beginImmediate)
            let reader = try openRowsInTransaction(of: file, at: path, configuration)
            try commit()
            return reader
        } catch let error as VaultOpeningError {
            rollBack()
            throw error
        } catch let error as SQLiteError {
            rollBack()
            throw .sqlite(error, path)
        } catch {
            rollBack()
            throw .starting(VaultFailure("its rows cannot be read: \(error)"))
        }
    }

    private func openRowsInTransaction(
        of file: VaultFile.Opened,
        at path: String,
        _ configuration: VaultConfiguration
    ) throws -> Connection? {
        let stored = try blob(.rowSeal)
        let isUnsealed = stored == nil
        // Before it has a key for its chain.
        let isNew =
            try isUnsealed && file.version == Schema.version && (file.isFresh || isUntouched())
        let unchanged = connection.totalChanges
        let chain = try chain(at: path)
        let code = SQLiteTransaction.rowCode(chain)
        var tables = try RowTables(of: connection)
        // A key that was missing is made by now, and no other connection sees it yet.
        let other = connection.totalChanges == unchanged ? path : nil
        // Without a seal there is nothing to hold them against, and they are read later.
        let reading =
            isUnsealed ? nil : try RowReading(of: tables, in: connection, beside: other, chain)
        var sums = reading?.sums ?? RowSums()
        let finding = isUnsealed ? .unsealed : try finding(sums, of: tables, chain, code)
        let sealing: RowSealing? =
            if isUnsealed, try isOlder(file, chain) {
                .first(schema: file.version)
            } else if isNew {
                nil
            } else {
                try sealing(for: finding, at: path, accepting: configuration.acceptsChangedRows)
            }
        let changes = connection.totalChanges
        try connection.takeSteps(Schema.migrations, applicationID: Schema.applicationID)
        try makeMissingMaterials()
        try makeSnapshotTables()
        let isChanged = file.version != Schema.version || connection.totalChanges != changes
        if isChanged { try completeRows() }
        if isChanged || isUnsealed {
            tables = try RowTables(of: connection)
            sums = try RowSums(of: tables, in: connection, code)
        }
        let isSealed = finding == .sound && !isChanged
        let mark = isSealed ? stored.flatMap(RowSeal.init)?.mark : nil
        let watch = RowWatch(tables, sums, code, sealedAs: mark)
        rows = watch
        connection.tell(watch)
        // The trail of a new vault begins here, so that it is missed when it is taken off whole.
        if isUnsealed, sealing == nil { _ = try openProgress() }
        if let sealing, let record = configuration.record { try append(record(sealing)) }
        if !file.saysSealed, !file.isFresh, let key = MasterKey(file.masterKey) {
            try setBlob(try key.makeCheckValue(), .checkValue)
        }
        try endAudit(keeping: max(1, configuration.auditRecordLimit), added: 1)
        return reading?.reader
    }

    /// The trail's chain, by whose key the rows are hashed; it is made for a vault that has none.
    private func chain(at path: String) throws -> AuditChain {
        do {
            return AuditChain(key: try keyring.key(named: AuditChain.keyName, connection).material)
        } catch is CryptographyError {
            throw VaultOpeningError.changedTrailKey(path)
        }
    }

    /// Whether it is from before rows were sealed: nothing that a key has signed says otherwise.
    private func isOlder(_ file: VaultFile.Opened, _ chain: AuditChain) throws -> Bool {
        guard file.version < Schema.firstSealed, !file.saysSealed else { return false }
        return try text(.auditAnchor).flatMap { AuditAnchor($0, chain) }?.rows == nil
    }

    /// Why the rows are to be sealed as they are; nil when they fit.
    private func sealing(
        for finding: RowFinding,
        at path: String,
        accepting isAccepting: Bool
    ) throws -> RowSealing? {
        guard let refusal = finding.refusal(at: path) else { return nil }
        guard isAccepting else { throw refusal }
        return .accepted(tables: finding.tables)
    }

    /// Whether nothing was ever stored: the vault got its tables, and perhaps the check value of its key,
    /// when its first opening was cut off.
    private func isUntouched() throws -> Bool {
        guard try lastAuditSequence() == 0, try text(.auditAnchor) == nil else { return false }
        let tables = AccountTables.all.map(\.table) + [.keyEncryptionKey, .snapshot]
        let rows = tables.map { "EXISTS (SELECT 1 FROM \($0.name))" }
        guard try connection.integer("SELECT \(rows.joined(separator: " OR "))") == 0 else {
            return false
        }
        // Nor did anybody plant a trigger, which would change rows in the server's name.
        let fresh = try Connection(path: ":memory:", for: .writing)
        try fresh.migrate(Schema.migrations, applicationID: Schema.applicationID)
        return try connection.schemaTexts == fresh.schemaTexts
    }

    /// Writes the rows anew of tables that got a column with a value of its own.
    ///
    /// Until then a row of before has nothing in that place, and SQLite up to 3.45 tells of NULL there
    /// when the row is changed.
    private func completeRows() throws {
        var columns: [(table: String, column: String)] = []
        let added = """
            SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'
                AND c.dflt_value <> 'NULL'
            """
        try connection.eachRow(of: added) { row in
            guard case .text(let table) = row[0], case .text(let column) = row[1] else { return }
            columns.append(
                (String(decoding: table, as: UTF8.self), String(decoding: column, as: UTF8.self))
            )
        }
        for (table, column) in columns {
            try connection.execute("UPDATE \(table) SET \(column) = \(column)")
        }
    }
}

extension Connection {
    /// What the tables, indices and triggers were made by.
    fileprivate var schemaTexts: [[UInt8]] {
        get throws {
            var texts: [[UInt8]] = []
            let all =
                "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1"
            try eachRow(of: all) { row in
                if case .text(let text) = row[0] { texts.append(Array(text)) }
            }
            return texts
        }
    }
}
