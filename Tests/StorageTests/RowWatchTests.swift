import AWS
import Testing

@testable import Storage

@Suite("While a vault is served, a change of its rows by another process stops it")
struct RowWatchTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: "000000000000")
            try vault.append(.sample("a call"))
        }
    }

    private func write() throws(APIError) {
        try vault.change { vault throws(APIError) in
            guard let secret = try vault.secret(at: .named("driftsentry/local/database")) else {
                return
            }
            try vault.setResourcePolicy("{}", named: "other", of: secret)
        }
    }

    private func read() throws(APIError) {
        try vault.ask { vault throws(APIError) in _ = try vault.counts() }
    }

    @Test("from the next call on nothing is read or written, and each refusal says why")
    func stopped() throws {
        try read()
        try folder.tamper("UPDATE iam_access_key SET principal = NULL")
        #expect(vault.loss == nil)
        let error = #expect(throws: APIError.self) { try write() }
        let sentence = vault.loss?.description ?? ""
        #expect(error?.cause == sentence || error?.message == sentence)
        #expect(sentence.contains("while the vault was served, in: iam_access_key."))
        #expect(vault.noticedLoss?.description == sentence)
        #expect(throws: APIError.self) { try write() }
        let refusal = #expect(throws: APIError.self) { try read() }
        #expect(refusal?.message == error?.message)
        vault.close()
        let opening = #expect(throws: VaultOpeningError.self) { _ = try folder.open() }
        #expect(opening?.description.contains("in: iam_access_key.") == true)
    }

    @Test("the record of a read is enough to notice it")
    func noticedByRead() throws {
        try folder.tamper("DELETE FROM iam_policy_version")
        vault.append(.sample("a read"))
        let deadline = WakeSignal.now + 5_000_000_000
        while vault.loss == nil, WakeSignal.now < deadline {}
        #expect(throws: APIError.self) { try read() }
    }

    @Test("verification names the tables at once, and is true again when the rows are as they were")
    func verified() throws {
        #expect(try vault.verifyAudit().sentence == nil)
        try folder.tamper("UPDATE kms_key SET policy = '*'; DELETE FROM tag")
        let found = try vault.verifyAudit()
        #expect(found.fault == nil && found.rows.changedTables == ["tag", "kms_key"])
        #expect(found.sentence == "rows were changed in: tag, kms_key")
        try folder.tamper(
            """
            UPDATE kms_key SET policy = '{}';
            INSERT INTO tag (secret_id, position, key, value) VALUES (1, 0, 'team', 'payments')
            """
        )
        #expect(try vault.verifyAudit().sentence == nil)
        // What is as it was is no reason to stop.
        try write()
        try read()
    }

    @Test("verification finds an index that leads to other rows, of which no row tells")
    func index() throws {
        vault.close()
        try folder.tamper(
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET rootpage = (SELECT sum(rootpage) FROM sqlite_schema
                WHERE name IN ('secret_by_purge', 'secret_by_creation')) - rootpage
            WHERE name IN ('secret_by_purge', 'secret_by_creation')
            """
        )
        let opened = try folder.open()
        defer { opened.close() }
        let rows = try opened.verifyAudit().rows
        #expect(rows.changedTables == [] && rows.damage?.isEmpty == false)
        let configuration = VaultConfiguration(
            path: folder.database,
            masterKey: .bytes(folder.masterKey)
        )
        #expect(try VaultInspection.look(at: configuration).isServed)
    }

    @Test(
        "what the seal does not cover stops nothing, nor does what leaves the rows as they are",
        arguments: [
            "UPDATE secret SET last_accessed_at = 1", "VACUUM",
            "PRAGMA user_version = \(Schema.version)",
            "DELETE FROM tag; INSERT INTO tag VALUES (1, 0, 'team', 'payments')",
        ]
    )
    func harmless(sql: String) throws {
        for _ in 0..<2 {
            try folder.tamper(sql)
            try write()
            try read()
        }
        #expect(try vault.verifyAudit().sentence == nil)
        vault.close()
        try folder.open().close()
    }

    @Test("neither do copies, a new master key, snapshots, or emptying the WAL")
    func own() throws {
        for number in 0..<2 {
            try VaultCopy.make(of: folder.database, at: "\(folder.path)/copy-\(number).db")
            try write()
            let snapshot = try vault.change { vault throws(APIError) in
                try vault.takeSnapshot(NewSnapshot(name: "a", account: nil, takenAt: .noon))
            }
            vault.emptyWAL()
            try write()
            try vault.writeAloneAndWait { vault throws(APIError) in
                try vault.restore(snapshot, account: nil)
            }
            try read()
        }
        try vault.rotateMasterKey(to: .bytes(folder.masterKey))
        try write()
        #expect(try vault.verifyAudit().sentence == nil)
        vault.close()
        try folder.open().close()
        for number in 0..<2 { try folder.open("copy-\(number).db").close() }
    }

    @Test(
        "and no commit of its own is taken for one of somebody else, for which all rows would be read"
    )
    func unread() throws {
        for number in 0..<5 {
            try write()
            vault.emptyWAL()
            let isKnown = try vault.change { vault throws(APIError) in
                guard let transaction = vault as? SQLiteTransaction else { return false }
                try vault.append(.sample("call \(number)"))
                return transaction.rows?.dataVersion == transaction.connection.dataVersion
            }
            #expect(isKnown)
        }
        _ = try? vault.writeAloneAndWait { _ throws(APIError) in
            throw .internalServiceError(cause: "undone")
        }
        let isKnown = try vault.change { vault throws(APIError) in
            guard let transaction = vault as? SQLiteTransaction else { return false }
            return transaction.rows?.dataVersion == transaction.connection.dataVersion
        }
        #expect(isKnown)
    }

    @Test("a trigger that another process adds does nothing in the server's name")
    func trigger() throws {
        try folder.tamper(
            """
            CREATE TRIGGER t AFTER INSERT ON resource_policy BEGIN
                UPDATE iam_access_key SET principal = NULL;
            END
            """
        )
        #expect(throws: APIError.self) { try write() }
        #expect(vault.loss?.description.contains("in: sqlite_schema.") == true)
        vault.close()
        #expect(try folder.number("SELECT count(principal) FROM iam_access_key") > 0)
    }
}
