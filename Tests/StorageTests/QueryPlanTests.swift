import CSQLite
import Testing

@testable import Storage

@Suite struct QueryPlanTests {
    /// What removes every row must visit every row.
    private static let wholeTable: Set<Query> = [.deleteEverySecret]

    @Test(arguments: Query.allCases)
    func `Every statement has a text and finds its rows through an index`(query: Query) throws {
        #expect(!query.sql.isEmpty)
        let folder = try ScratchFolder()
        _ = try folder.open("plans.db")
        let plan = try plan(of: query, in: folder.path + "/plans.db")
        guard !QueryPlanTests.wholeTable.contains(query) else { return }
        for step in plan {
            #expect(!step.hasPrefix("SCAN"), "\(step) in \(query.sql)")
            // A sort is for the few versions of one secret only.
            let mayAlsoSort = query == .versions
            #expect(mayAlsoSort || !step.contains("TEMP B-TREE"), "\(step) in \(query.sql)")
        }
    }

    private func plan(of query: Query, in path: String) throws -> [String] {
        var handle: OpaquePointer?
        try #require(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        defer { sqlite3_close_v2(handle) }
        var pointer: OpaquePointer?
        let status = sqlite3_prepare_v2(
            handle,
            "EXPLAIN QUERY PLAN " + query.sql,
            -1,
            &pointer,
            nil
        )
        try #require(status == SQLITE_OK, "\(query.sql)")
        defer { sqlite3_finalize(pointer) }
        var steps: [String] = []
        while sqlite3_step(pointer) == SQLITE_ROW {
            steps.append(String(cString: sqlite3_column_text(pointer, 3)))
        }
        return steps
    }
}
