import CSQLite
import Testing

@testable import Storage

@Suite struct QueryPlanTests {
    /// A sort is for the few versions of one secret, and where all of an account are copied.
    private static let maySort = [VersionTable.ofSecret.sql, VersionTable.ofAccount.sql]

    @Test(arguments: Table.allCases)
    func `Every statement finds its rows through an index`(table: Table) throws {
        let folder = try ScratchFolder()
        _ = try folder.open("plans.db")
        let texts = QueryPlanTests.texts(table.statements)
        #expect(!texts.isEmpty)
        for sql in texts {
            for step in try plan(of: sql, in: folder.path + "/plans.db") {
                #expect(!step.hasPrefix("SCAN"), "\(step) in \(sql)")
                let mayAlsoSort = QueryPlanTests.maySort.contains(sql)
                #expect(mayAlsoSort || !step.contains("TEMP B-TREE"), "\(step) in \(sql)")
            }
        }
    }

    @Test func `What is done with one account visits the rows of no other`() throws {
        let folder = try ScratchFolder()
        _ = try folder.open("plans.db")
        let connection = try Connection(path: folder.path + "/plans.db", for: .reading)
        let columns: (Table) throws(SQLiteError) -> [String] = { table throws(SQLiteError) in
            try connection.columns(of: table.name)
        }
        let rows = try SnapshotRows(columns)
        let copying = try AccountCopy.statements(columns)
        let ends = AccountTables.emptyingOne + AccountTables.dropping + [AccountTables.isInUse]
        #expect(copying.count > 15)
        for sql in ends + rows.takingOne + rows.restoringOne + copying + [AccountCopy.lowestID] {
            let plan = try plan(of: sql, in: folder.path + "/plans.db")
            #expect(plan.contains { $0.hasPrefix("SEARCH") }, "\(plan) in \(sql)")
            #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan) in \(sql)")
        }
    }

    @Test(arguments: TransactionControl.allCases)
    func `Whatever begins or ends a transaction is SQL`(control: TransactionControl) throws {
        let folder = try ScratchFolder()
        _ = try folder.open("plans.db")
        _ = try plan(of: control.sql, in: folder.path + "/plans.db")
    }

    private static func texts<List: StatementList>(_: List.Type) -> [String] {
        List.allCases.map(\.sql)
    }

    private func plan(of sql: String, in path: String) throws -> [String] {
        var handle: OpaquePointer?
        try #require(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        defer { sqlite3_close_v2(handle) }
        var pointer: OpaquePointer?
        let status = sqlite3_prepare_v2(handle, "EXPLAIN QUERY PLAN " + sql, -1, &pointer, nil)
        try #require(status == SQLITE_OK, "\(sql)")
        defer { sqlite3_finalize(pointer) }
        var steps: [String] = []
        while sqlite3_step(pointer) == SQLITE_ROW {
            steps.append(String(cString: sqlite3_column_text(pointer, 3)))
        }
        return steps
    }
}
