import AWS
import Testing

@testable import Storage

@Suite struct MigrationTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private let steps = [
        Migration(version: 1, sql: "CREATE TABLE a (x); INSERT INTO a VALUES (1);"),
        Migration(version: 2, sql: "CREATE TABLE b (x); UPDATE a SET x = x + 1;"),
    ]

    @Test func `A fresh database takes every step once`() throws {
        let connection = try Connection(path: folder.database, for: .writing)
        try connection.migrate(Array(steps.prefix(1)), applicationID: 7)
        #expect(try connection.integer("PRAGMA user_version") == 1)
        try connection.migrate(steps, applicationID: 7)
        try connection.migrate(steps, applicationID: 7)
        #expect(try connection.integer("PRAGMA user_version") == 2)
        #expect(try connection.integer("PRAGMA application_id") == 7)
        #expect(try connection.integer("SELECT x FROM a") == 2)
    }

    @Test func `A step that fails leaves the file as it was`() throws {
        let connection = try Connection(path: folder.database, for: .writing)
        try connection.migrate(steps, applicationID: 7)
        let whole = Migration(version: 3, sql: "CREATE TABLE c (x); UPDATE a SET x = 9")
        let broken = Migration(
            version: 4,
            sql: "CREATE TABLE d (x); INSERT INTO nowhere VALUES (1)"
        )
        #expect(throws: SQLiteError.self) {
            try connection.migrate(steps + [whole, broken], applicationID: 7)
        }
        #expect(try connection.integer("PRAGMA user_version") == 2)
        let tables = "SELECT count(*) FROM sqlite_schema WHERE name IN ('c', 'd')"
        #expect(try connection.integer(tables) == 0)
        #expect(try connection.integer("SELECT x FROM a") == 2)
        #expect(!connection.isInTransaction)
    }

    @Test func `The steps of the schema count from 1 without a gap`() {
        #expect(Schema.migrations.map(\.version) == Array(1...Schema.version))
    }

    @Test func `A vault carries its mark and version, and only strict tables`() throws {
        try folder.open().close()
        let connection = try Connection(path: folder.database, for: .reading)
        #expect(try connection.integer("PRAGMA application_id") == Schema.applicationID)
        #expect(try connection.integer("PRAGMA user_version") == Schema.version)
        let lax = """
            SELECT count(*) FROM pragma_table_list
            WHERE strict = 0 AND name NOT LIKE 'sqlite_%' AND type = 'table'
            """
        #expect(try connection.integer(lax) == 0)
        #expect(try connection.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    }

    @Test func `A vault that stopped between its tables and its key is finished`() throws {
        let connection = try Connection(path: folder.database, for: .writing)
        try connection.migrate(Schema.migrations, applicationID: Schema.applicationID)
        try folder.open().close()
        let error = #expect(throws: VaultOpeningError.self) {
            _ = try folder.open(masterKey: .file(folder.path + "/other.key"))
        }
        #expect(error?.reason == .missingMasterKey)
    }

    @Test func `Users and policies from before there were partitions are of the first one`() throws
    {
        let connection = try Connection(path: folder.database, for: .writing)
        let former = Array(Schema.migrations.prefix { $0.version < 10 })
        try connection.migrate(former, applicationID: Schema.applicationID)
        try connection.execute(
            """
            INSERT INTO iam_principal (account, kind, folded_name, name, path, unique_id,
                created_at, max_session_seconds)
            VALUES ('000000000000', 'user', 'u', 'u', '/p/', 'AIDA1', 1, 3600);
            INSERT INTO iam_policy (account, folded_name, name, path, arn, unique_id, created_at,
                updated_at, default_version, last_version)
            VALUES ('000000000000', 'n', 'n', '/', 'arn:aws:iam::000000000000:policy/n', 'ANPA1',
                1, 1, 1, 1);
            """
        )
        let vault = try folder.open()
        defer { vault.close() }
        let arns = try vault.read { vault in
            Result { () throws(APIError) in
                let user = try vault.principal(.user, named: "u", in: "000000000000")
                let policy = try vault.managedPolicy(named: "n", in: "000000000000")
                return [user?.arn, policy?.arn]
            }
        }.get()
        #expect(
            arns == [
                "arn:aws:iam::000000000000:user/p/u", "arn:aws:iam::000000000000:policy/n",
            ]
        )
    }

    /// The rows of a new vault, in a file with the tables of an older one.
    private func copyToOlder(_ version: Int64) throws {
        let older = try Connection(path: folder.path + "/older.db", for: .writing)
        let former = Array(Schema.migrations.prefix { $0.version <= version })
        try older.migrate(former, applicationID: Schema.applicationID)
        let columns = [
            ("meta", "name, value"),
            ("key_encryption_key", "id, account, region, kms_key_id, wrapped"),
            (
                "secret",
                "id, account, region, name, arn, description, kms_key_id, created_at,"
                    + " last_changed_at"
            ),
            (
                "version",
                "number, secret_id, id, created_at, kms_key_id, key_encryption_key_id,"
                    + " wrapped_data_key, value_kind, envelope"
            ),
            ("staging_label", "secret_id, label, version_id"),
        ]
        try older.execute("ATTACH '\(folder.database)' AS new")
        for (table, columns) in columns {
            let selection = "SELECT \(columns) FROM new.\(table)"
            try older.execute("INSERT INTO \(table) (\(columns)) \(selection)")
        }
        try older.execute("INSERT INTO replica VALUES (1, 'eu-west-1', '', 'no reason')")
        try older.execute("DETACH new")
        try folder.unseal("older.db")
    }

    @Test func `C20: versions from before they had further keys open, and can get some`() throws {
        let new = try folder.open()
        try new.change { vault throws(APIError) in try vault.insertSample() }
        new.close()
        try copyToOlder(12)
        let vault = try folder.open("older.db")
        defer { vault.close() }
        let name = NewSecret.sample().arn.name
        let values = try vault.change { vault throws(APIError) -> [[UInt8]?] in
            guard var secret = try vault.secret(at: .named(name)) else { return [] }
            let before = try vault.open(.id("first-version"), of: secret)
            secret.kmsKeyID = "alias/new"
            try KeyAddition(to: secret).run(at: .noon, by: .service, in: vault)
            let after = try vault.open(.id("first-version"), of: secret) { _ in 1 }
            return [before?.value?.bytes, after?.value?.bytes]
        }
        #expect(values == [Array("s3cr3t".utf8), Array("s3cr3t".utf8)])
        let replicas = try vault.ask { vault throws(APIError) -> [Replica] in
            guard let secret = try vault.secret(at: .named(name)) else { return [] }
            return try vault.replicas(of: secret)
        }
        #expect(
            replicas == [Replica(region: "eu-west-1", kmsKeyID: "", state: .failed("no reason"))]
        )
    }
}
