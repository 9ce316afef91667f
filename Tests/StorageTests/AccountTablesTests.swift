import AWS
import Notation
import Testing

@testable import Storage

/// The list of the tables that belong to an account, held against the schema and against rows.
@Suite struct AccountTablesTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    private func integer(_ sql: String) throws -> Int64 {
        try Connection(path: folder.database, for: .reading).integer(sql)
    }

    /// How many rows of an account there are in each of its tables.
    private func counts(of account: String) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for entry in AccountTables.all {
            let condition = entry.condition.replacing("?1", with: "'\(account)'")
            counts[entry.table.name] = try integer(
                "SELECT count(*) FROM \(entry.table.name) WHERE \(condition)"
            )
        }
        return counts
    }

    @Test func `Every table of the schema is in the list of tables`() throws {
        let tables = """
            sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                AND name NOT LIKE 'snapshot!_%' ESCAPE '!'
            """
        #expect(try integer("SELECT count(*) FROM \(tables)") == Int64(Table.allCases.count))
        for table in Table.allCases {
            let isThere = "SELECT count(*) FROM \(tables) AND name = '\(table.name)'"
            #expect(try integer(isThere) == 1, "\(table.name)")
        }
    }

    @Test(arguments: Table.allCases)
    func `The list says whose the rows of a table are as the schema does`(table: Table) throws {
        switch table.owner {
        case .account:
            let column = """
                SELECT count(*) FROM pragma_table_info('\(table.name)')
                WHERE name = 'account' AND "notnull" = 1
                """
            #expect(try integer(column) == 1)
        case .parent(let parent, let column):
            let reference = """
                SELECT count(*) FROM pragma_foreign_key_list('\(table.name)')
                WHERE "table" = '\(parent.name)' AND "from" = '\(column)' AND "to" = 'id'
                    AND on_delete = 'CASCADE'
                """
            #expect(try integer(reference) == 1)
        case .vault(let reason):
            #expect(!reason.isEmpty)
            #expect(!AccountTables.all.contains { $0.table == table })
        }
    }

    @Test(arguments: AccountTables.all.map(\.table))
    func `What snapshots keep of a table has all its columns`(table: Table) throws {
        let connection = try Connection(path: folder.database, for: .reading)
        let kept = try connection.columns(of: SnapshotRows.name(of: table))
        #expect(try kept == ["snapshot"] + connection.columns(of: table.name))
    }

    @Test func `The tables of snapshots follow a table that gets a column`() throws {
        let (name, rows) = ("clean", "snapshot_tag")
        try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: "000000000000")
            _ = try vault.takeSnapshot(NewSnapshot(name: name, account: nil, takenAt: .noon))
        }
        vault.close()
        // As a later version of the program would find it, and change it.
        try folder.tamper("ALTER TABLE tag ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")
        try folder.tamper("DELETE FROM meta WHERE name = 'snapshot_schema'")
        let later = try folder.open { $0.acceptsChangedRows = true }
        #expect(try integer("SELECT count(*) FROM \(rows) WHERE colour = 'red'") == 1)
        try later.change { vault throws(APIError) in
            let snapshot = try vault.snapshot(named: name)
            if let snapshot { try vault.restore(snapshot, account: nil) }
        }
        #expect(try integer("SELECT count(*) FROM tag WHERE colour = 'red'") == 1)
        later.close()
    }

    @Test func `Rows go before those that they refer to`() throws {
        let order = AccountTables.all.map(\.table.name)
        for (index, name) in order.enumerated() {
            for later in order[index...] where later != name {
                let reference = """
                    SELECT count(*) FROM pragma_foreign_key_list('\(name)')
                    WHERE "table" = '\(later)'
                    """
                #expect(try integer(reference) == 0, "\(name) refers to \(later)")
            }
        }
    }

    @Test func `Emptying an account leaves no row of it, and every row of the others`() throws {
        let (one, other) = ("000000000000", "111111111111")
        try vault.change { vault throws(APIError) in
            for account in [one, other] { try vault.insertOneOfEach(in: account) }
            try vault.append(.sample("a call"))
        }
        let before = try counts(of: other)
        #expect(try counts(of: one) == before)
        for (table, count) in before { #expect(count > 0, "the test puts nothing into \(table)") }
        let keys = try integer("SELECT count(*) FROM key_encryption_key")

        try vault.change { vault throws(APIError) in try vault.empty(account: one) }
        // An account that was made is one still, and its root has its key.
        let kept = ["made_account", "iam_access_key"]
        for (table, count) in try counts(of: one) {
            #expect(count == (kept.contains(table) ? 1 : 0), "\(table)")
        }
        #expect(try counts(of: other) == before)

        #expect(try vault.change { vault throws(APIError) in try vault.dropAccount(one) })
        for (table, count) in try counts(of: one) { #expect(count == 0, "\(table)") }
        #expect(try counts(of: other) == before)

        try vault.change { vault throws(APIError) in try vault.empty(account: nil) }
        for (table, count) in try counts(of: other) { #expect(count == 0, "\(table)") }
        let counts = try vault.ask { vault throws(APIError) in try vault.counts() }
        #expect(counts == VaultCounts(secrets: 0, versions: 0))
        // What belongs to no account stays.
        #expect(try integer("SELECT count(*) FROM key_encryption_key") == keys)
        #expect(try integer("SELECT count(*) FROM audit_block") == 1)
    }

    @Test func `A snapshot keeps the rows of each table, and puts them back as they were`() throws {
        let (one, other) = ("000000000000", "111111111111")
        try vault.change { vault throws(APIError) in
            for account in [one, other] { try vault.insertOneOfEach(in: account) }
        }
        let before = try counts(of: one)
        let secrets = "SELECT sum(id) FROM secret"
        let ids = try integer(secrets)
        let snapshot = try vault.change { vault throws(APIError) in
            try vault.takeSnapshot(NewSnapshot(name: "a", account: nil, takenAt: .noon))
        }
        #expect(snapshot.secrets == 2)
        // What is kept is no secret that anybody could list or count.
        #expect(try vault.ask { vault throws(APIError) in try vault.counts() }.secrets == 2)
        try vault.change { vault throws(APIError) in
            _ = try vault.dropAccount(one)
            try vault.restore(snapshot, account: one)
        }
        #expect(try counts(of: one) == before)
        #expect(try counts(of: other) == before)
        #expect(try integer(secrets) == ids)
        try vault.change { vault throws(APIError) in
            try vault.empty(account: nil)
            try vault.restore(snapshot, account: nil)
        }
        #expect(try counts(of: one) == before)
        #expect(try counts(of: other) == before)
        #expect(try vault.ask { vault throws(APIError) in try vault.counts() }.secrets == 2)
        try vault.change { vault throws(APIError) in try vault.delete(snapshot) }
        for entry in AccountTables.all {
            let kept = SnapshotRows.name(of: entry.table)
            #expect(try integer("SELECT count(*) FROM \(kept)") == 0, "\(kept)")
        }
        #expect(try integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    }

    @Test func `A copy has a row for each, and no ARN of the account that it is of`() throws {
        let one = "000000000000"
        let made = try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: one)
            return try vault.makeAccount(
                NewAccount(copying: one, besides: one, at: .noon, Randomness { 7 })
            )
        }
        let own = ["made_account", "iam_access_key"]
        let left = ["iam_account_alias", "cross_account_replica", "rotation"]
        let (before, after) = (try counts(of: one), try counts(of: made.account))
        for (table, count) in after where !own.contains(table) {
            #expect(count == (left.contains(table) ? 0 : before[table]), "\(table)")
        }
        #expect(after["iam_access_key"] == 1)
        let connection = try Connection(path: folder.database, for: .reading)
        for entry in AccountTables.all {
            for column in try connection.columns(of: entry.table.name) {
                let condition = entry.condition.replacing("?1", with: "'\(made.account)'")
                let foreign = """
                    SELECT count(*) FROM \(entry.table.name) WHERE \(condition)
                        AND (\(column) LIKE 'arn:%:\(one):%' OR CAST(\(column) AS TEXT) = '\(one)')
                    """
                #expect(try integer(foreign) == 0, "\(entry.table.name).\(column)")
            }
        }
        #expect(try integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    }

    @Test func `An account that something has is not free, and none is given twice`() throws {
        let made = try vault.change { vault throws(APIError) -> [String] in
            let scope = Scope(account: "900000000001", region: "us-east-1")
            _ = try vault.insertSample(.sample(scope: scope))
            var accounts: [String] = []
            for _ in 0..<3 {
                let new = NewAccount(
                    copying: nil,
                    besides: "900000000002",
                    at: .noon,
                    Randomness { 7 }
                )
                accounts.append(try vault.makeAccount(new).account)
            }
            for account in accounts { _ = try vault.dropAccount(account) }
            return accounts
        }
        #expect(made == ["900000000000", "900000000003", "900000000004"])
        let next = try vault.change { vault throws(APIError) in
            try vault.makeAccount(
                NewAccount(copying: nil, besides: "0", at: .noon, Randomness { 7 })
            )
        }
        #expect(next.account == "900000000005")
    }
}
