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

    @Test func `A step that fails leaves the version before it`() throws {
        let connection = try Connection(path: folder.database, for: .writing)
        let broken = Migration(
            version: 3,
            sql: "CREATE TABLE c (x); INSERT INTO nowhere VALUES (1)"
        )
        #expect(throws: SQLiteError.self) {
            try connection.migrate(steps + [broken], applicationID: 7)
        }
        #expect(try connection.integer("PRAGMA user_version") == 2)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'c'") == 0)
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
}
