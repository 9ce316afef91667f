import AWS
import Cryptography
import Testing
import Threads

@testable import Storage

@Suite("A vault whose rows somebody changed without its key stays closed")
struct RowSealTests {
    let folder: ScratchFolder
    /// The file as the server left it.
    private let whole: [UInt8]

    init() throws {
        folder = try ScratchFolder()
        whole = try folder.fillAllTables()
    }

    private func refusal() -> VaultOpeningError? { folder.openingRefusal() }

    /// Changes the file as it was, and looks at what an opening says.
    private func expectChange(
        in tables: String,
        by sql: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        try folder.write(whole, to: "vault.db")
        try folder.tamper(sql)
        let refusal = refusal()
        #expect(refusal?.reason == .changedRows, "\(sql)", sourceLocation: location)
        let text = "else than Pocketvault, in: \(tables). Restore"
        let sentence = refusal?.description ?? ""
        #expect(sentence.contains(text), "\(sentence)", sourceLocation: location)
    }

    @Test("and opens as long as nobody did")
    func untouched() {
        #expect(refusal() == nil)
        #expect(refusal() == nil)
    }

    @Test(
        "by making an access key the root's, widening a policy, moving a label, or swapping names",
        arguments: [
            ("iam_access_key", "UPDATE iam_access_key SET principal = NULL"),
            ("iam_principal", "UPDATE iam_principal SET trust_policy = '{\"Allow\":\"*\"}'"),
            (
                "iam_principal",
                "UPDATE iam_principal SET boundary_arn = 'arn:aws:iam::aws:policy/a'"
            ),
            ("iam_inline_policy", "UPDATE iam_inline_policy SET document = '{\"Allow\":\"*\"}'"),
            ("iam_policy_version", "UPDATE iam_policy_version SET document = '*'"),
            ("iam_policy", "UPDATE iam_policy SET default_version = 2"),
            ("resource_policy", "UPDATE resource_policy SET document = '{\"Allow\":\"*\"}'"),
            ("kms_key", "UPDATE kms_key SET policy = '{\"Allow\":\"*\"}'"),
            (
                "staging_label",
                """
                UPDATE staging_label SET version_id = 'first-version'
                WHERE label = 'AWSCURRENT' AND version_id = 'second-version'
                """
            ),
            (
                "secret",
                """
                UPDATE secret SET name = 'x' || name WHERE account = '000000000000';
                UPDATE secret SET name = iif(name LIKE '%prod%', 'driftsentry/local/database',
                    'driftsentry/prod/database') WHERE account = '000000000000'
                """
            ),
            ("rotation_configuration", "UPDATE rotation_configuration SET lambda_arn = 'mine'"),
            ("kms_alias", "UPDATE kms_alias SET kms_key = 2 WHERE kms_key = 1"),
        ]
    )
    func changed(table: String, sql: String) throws {
        try expectChange(in: table, by: sql)
    }

    @Test(
        "by removing a row, adding one, or copying one from another table",
        arguments: [
            ("kms_grant", "DELETE FROM kms_grant WHERE kms_key = 1"),
            ("iam_attachment", "DELETE FROM iam_attachment"),
            (
                "iam_attachment",
                "INSERT INTO iam_attachment (principal, policy_arn) VALUES (1, 'arn:aws:iam::aws:a')"
            ),
            (
                "iam_policy_tag",
                "INSERT INTO iam_policy_tag SELECT 9, position, key, value FROM tag LIMIT 1"
            ),
            (
                "kms_tag, iam_policy_tag",
                """
                CREATE TABLE t AS SELECT * FROM kms_tag;
                DELETE FROM kms_tag; INSERT INTO kms_tag SELECT policy + 5, 0, key, value FROM iam_policy_tag;
                DELETE FROM iam_policy_tag; INSERT INTO iam_policy_tag SELECT kms_key + 5, 0, key, value FROM t;
                DROP TABLE t
                """
            ),
            ("snapshot", "UPDATE snapshot SET account = '111111111111'"),
            ("snapshot_*", "UPDATE snapshot_iam_access_key SET principal = NULL"),
            (
                "snapshot_*",
                "INSERT INTO snapshot_iam_access_key SELECT 2, * FROM iam_access_key"
            ),
        ]
    )
    func moved(tables: String, sql: String) throws {
        try expectChange(in: tables, by: sql)
    }

    @Test(
        "by a trigger that would change rows in the server's name, or an index that is gone",
        arguments: [
            """
            CREATE TRIGGER t AFTER INSERT ON audit_block BEGIN
                UPDATE iam_access_key SET principal = NULL;
            END
            """,
            "DROP INDEX secret_by_purge",
        ]
    )
    func schema(sql: String) throws {
        try expectChange(in: "sqlite_schema", by: sql)
    }

    /// The columns of all sealed tables, by which the row is found that is changed, and which are left
    /// out.
    private func columns() throws -> [(table: Table, column: String, key: String)] {
        let connection = try Connection(path: folder.database, for: .reading)
        var columns: [(table: Table, column: String, key: String)] = []
        for table in Table.allCases where table.isSealed {
            let isFilled = "SELECT EXISTS (SELECT 1 FROM \(table.name))"
            #expect(try connection.integer(isFilled) == 1, "nothing is in \(table.name)")
            let names = try connection.columns(of: table.name)
            #expect(Set(names).isSuperset(of: table.unsealedColumns))
            #expect(names.count < 64)
            columns += names.map { (table, $0, names[0]) }
        }
        return columns
    }

    @Test("by a change of any column of any table, but those that are left out on purpose")
    func anyColumn() throws {
        for (table, column, key) in try columns() {
            let sql = """
                PRAGMA ignore_check_constraints = ON;
                UPDATE \(table.name) SET \(column) = CASE typeof(\(column))
                    WHEN 'integer' THEN \(column) + 1000 WHEN 'text' THEN \(column) || 'x'
                    WHEN 'blob' THEN CAST(\(column) || 'x' AS BLOB)
                    ELSE (SELECT iif(type = 'INTEGER', 7, iif(type = 'TEXT', 'x', x'00'))
                        FROM pragma_table_info('\(table.name)') WHERE name = '\(column)') END
                WHERE \(key) = (SELECT max(\(key)) FROM \(table.name))
                """
            if table.unsealedColumns.contains(column) {
                try folder.write(whole, to: "vault.db")
                try folder.tamper(sql)
                #expect(refusal() == nil, "\(table.name).\(column)")
            } else {
                try expectChange(in: table.name, by: sql)
            }
        }
    }

    @Test(
        "by a seal that is cut, or of nothing",
        arguments: ["zeroblob(length(value))", "zeroblob(3)", "substr(value, 1, 200)", "x''"]
    )
    func seal(value: String) throws {
        let sql = "UPDATE meta SET value = CAST(\(value) AS BLOB) WHERE name = 'row_seal'"
        try folder.write(whole, to: "vault.db")
        try folder.tamper(sql)
        #expect(refusal()?.reason == .changedRows)
    }

    @Test("by the seal of another vault")
    func otherSeal() throws {
        let other = try folder.open("other.db")
        try other.change { vault throws(APIError) in
            for account in ["000000000000", "111111111111"] {
                try vault.insertOneOfEach(in: account)
            }
        }
        other.close()
        try folder.tamper(
            """
            ATTACH '\(folder.path)/other.db' AS other;
            UPDATE meta SET value = (SELECT value FROM other.meta WHERE name = 'row_seal')
            WHERE name = 'row_seal'
            """
        )
        #expect(refusal()?.reason == .changedRows)
    }

    @Test("by taking the seal away, with its key or a lower version of the schema")
    func unsealed() throws {
        let gone = "DELETE FROM meta WHERE name = 'row_seal'"
        for sql in [
            gone, "\(gone); PRAGMA user_version = 20",
            "DELETE FROM meta WHERE name IN ('row_seal', 'audit_anchor'); PRAGMA user_version = 1",
            "\(gone); DELETE FROM meta WHERE name = 'audit_anchor'",
            "\(gone); DELETE FROM key_encryption_key WHERE kms_key_id = 'audit chain'",
            "DELETE FROM key_encryption_key WHERE kms_key_id = 'audit chain'",
        ] {
            try folder.write(whole, to: "vault.db")
            try folder.tamper(sql)
            #expect(refusal()?.reason == .changedRows, "\(sql)")
        }
    }

    @Test("by damage to the key that the seal is made with")
    func damagedKey() throws {
        try expectChange(
            in: "key_encryption_key",
            by: "UPDATE key_encryption_key SET wrapped = zeroblob(60) WHERE account = ''"
        )
    }

    @Test("by rows and a seal of an earlier time under a later trail")
    func earlier() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in
            guard let secret = try vault.secret(at: .named("driftsentry/prod/database")) else {
                return
            }
            try vault.setStagingLabels(
                StagingLabels(["AWSCURRENT": "first-version", "AWSPREVIOUS": "second-version"]),
                of: secret
            )
            try vault.append(.sample("a later call"))
        }
        vault.close()
        try folder.write(whole, to: "earlier.db")
        try folder.tamper(
            """
            ATTACH '\(folder.path)/earlier.db' AS earlier;
            DELETE FROM staging_label;
            INSERT INTO staging_label SELECT * FROM earlier.staging_label;
            UPDATE meta SET value = (SELECT value FROM earlier.meta WHERE name = 'row_seal')
            WHERE name = 'row_seal'
            """
        )
        #expect(refusal()?.description.contains("of different times") == true)
    }

    @Test("but for an end of the trail that was changed, of which its verification tells")
    func anchor() throws {
        for end in ["zeroblob(3)", "value || '0'"] {
            try folder.write(whole, to: "vault.db")
            let sql = "UPDATE meta SET value = CAST(\(end) AS BLOB) WHERE name = 'audit_anchor'"
            try folder.tamper(sql)
            for _ in 0..<2 {
                let vault = try folder.open()
                #expect(try vault.verifyAudit().fault != nil)
                try vault.change { vault throws(APIError) in try vault.append(.sample("a call")) }
                vault.close()
            }
        }
    }

    @Test("but not one from before, which is sealed as it is, and says so in the trail")
    func former() throws {
        try folder.unseal()
        try folder.tamper("UPDATE iam_access_key SET principal = NULL; PRAGMA user_version = 20")
        let told = Locked<[RowSealing]>([])
        for _ in 0..<2 {
            let vault = try folder.open { configuration in
                configuration.record = { sealing in
                    told.withLock { $0.append(sealing) }
                    return .sample("the first seal")
                }
            }
            #expect(try vault.verifyAudit().sentence == nil)
            vault.close()
        }
        #expect(told.withLock(\.self) == [.first(schema: 20)])
        try folder.tamper("DELETE FROM meta WHERE name = 'row_seal'; PRAGMA user_version = 20")
        #expect(refusal()?.reason == .changedRows)
    }

    @Test("and opens when whoever starts it takes the change as it is, which the trail tells")
    func accepted() throws {
        try folder.tamper("UPDATE iam_access_key SET principal = NULL; DELETE FROM kms_grant")
        let told = Locked<[RowSealing]>([])
        let vault = try folder.open { configuration in
            configuration.acceptsChangedRows = true
            configuration.record = { sealing in
                told.withLock { $0.append(sealing) }
                return .sample("taken as it is")
            }
        }
        #expect(told.withLock(\.self) == [.accepted(tables: ["kms_grant", "iam_access_key"])])
        let newest = try vault.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 1).first
        }
        #expect(newest?.record.requestID == "taken as it is")
        let verification = try vault.verifyAudit()
        #expect(verification.sentence == nil && verification.isComplete)
        vault.close()
        #expect(refusal() == nil)
        // Where nothing was changed there is nothing to take.
        try folder.open { configuration in
            configuration.acceptsChangedRows = true
            configuration.record = { sealing in
                told.withLock { $0.append(sealing) }
                return .sample("nothing")
            }
        }.close()
        #expect(told.withLock(\.count) == 1)
    }

    @Test("and stays open after that, though the key of the trail was gone and is made anew")
    func acceptedWithoutKey() throws {
        for _ in 0..<10 {
            try folder.write(whole, to: "vault.db")
            try folder.tamper("DELETE FROM key_encryption_key WHERE kms_key_id = 'audit chain'")
            try folder.open { $0.acceptsChangedRows = true }.close()
            #expect(refusal() == nil)
        }
    }

    @Test("and doctor says so without opening it")
    func inspected() throws {
        let configuration = VaultConfiguration(
            path: folder.database,
            masterKey: .bytes(folder.masterKey)
        )
        #expect(try VaultInspection.look(at: configuration).changedRows == nil)
        try folder.tamper("UPDATE iam_access_key SET principal = NULL")
        let found = try VaultInspection.look(at: configuration)
        #expect(found.changedRows?.contains("in: iam_access_key.") == true)
    }

    @Test("and a copy, and a vault with another master key, open with the seal that they have")
    func copied() throws {
        try VaultCopy.make(of: folder.database, at: folder.path + "/copy.db")
        try folder.open("copy.db").close()
        let other = try KeyMaterial.random()
        let vault = try folder.open()
        try vault.rotateMasterKey(to: .bytes(other))
        vault.close()
        try folder.open(masterKey: .bytes(other)).close()
    }
}
