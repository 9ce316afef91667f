internal import AWS
internal import Cryptography

/// The seal over the rows, in the transaction that is open.
extension SQLiteTransaction {
    /// The code that rows are hashed with; its key comes from that of the trail, which the master key
    /// wraps, so a new master key changes no hash.
    static func rowCode(_ chain: AuditChain) -> RepeatedHMAC {
        let key = HMACSHA256.authenticate(Array("rows".utf8), key: chain.key)
        return RepeatedHMAC(key: key.span)
    }

    /// Stores the seal of what the transaction leaves, when that is not on disk already, and has the end
    /// of the trail say so.
    func sealRows() throws {
        guard let rows, rows.mustSeal else { return }
        try checkStatements()
        try setBlob(try rows.seal().bytes, .rowSeal)
        let isOpen = auditProgress != nil
        guard try openProgress().isStored || isOpen else {
            // The trail has no end yet, or a forged one, which only a record takes the place of.
            auditProgress = nil
            return
        }
        auditProgress?.anchor.rows = rows.mark
        auditProgress?.isStored = false
    }

    /// The tables that another process has changed since this connection's latest commit.
    ///
    /// `VACUUM`, or an error of the disk, looks like a commit that changed rows: so they are read.
    func rowsChangedByOthers() throws -> [String] {
        guard let rows, connection.dataVersion != rows.dataVersion else { return [] }
        let tables = try rows.differences(in: connection)
        if tables.isEmpty { rows.dataVersion = connection.dataVersion }
        return tables
    }

    /// Holds sums of the rows that there are against the seal that is stored.
    func finding(
        _ sums: RowSums,
        of tables: RowTables,
        _ chain: AuditChain,
        _ code: RepeatedHMAC
    ) throws -> RowFinding {
        guard let stored = try blob(.rowSeal) else { return .unsealed }
        guard let seal = RowSeal(stored) else { return .changed([Table.meta.name]) }
        var codes = PartCodes()
        codes.update(to: sums, code)
        let known = Set(seal.parts)
        let changed = SealedPart.all.indices.filter { part in
            tables.parts.contains(part) && !known.contains(codes.codes[part])
        }
        guard changed.isEmpty else { return .changed(changed.map { SealedPart.names[$0] }) }
        guard seal.fits(sums.total, code) else { return .changed([Table.meta.name]) }
        let anchor = try text(.auditAnchor).flatMap { AuditAnchor($0, chain) }
        // An end of the trail that is forged says nothing; `verifyAudit` tells of it.
        if let anchor, anchor.rows != seal.mark { return .ofAnotherTime }
        return .sound
    }

    func verifyRows() throws(APIError) -> RowVerification {
        try translatingErrors {
            try requireTransaction()
            var verification = RowVerification()
            verification.changedTables = try findRows().tables
            verification.damage = try connection.damage()
            return verification
        }
    }

    /// Reads all rows, and holds them against the seal.
    func findRows() throws -> RowFinding {
        let found: KeyEncryptionKey?
        do {
            found = try keyring.existingKey(named: AuditChain.keyName, connection)
        } catch is CryptographyError {
            return .changed([Table.keyEncryptionKey.name])
        }
        guard let key = found else {
            return try blob(.rowSeal) == nil ? .unsealed : .changed([Table.keyEncryptionKey.name])
        }
        let chain = AuditChain(key: key.material)
        let code = SQLiteTransaction.rowCode(chain)
        let tables = try RowTables(of: connection)
        return try finding(try RowSums(of: tables, in: connection, code), of: tables, chain, code)
    }
}
