internal import AWS

/// The rows that snapshots keep: beside each table of accounts stands one with the same columns and
/// the snapshot's id, in which nothing falls due, is counted, or is found by a call.
struct SnapshotRows {
    /// Each keeps the rows of a table, of all accounts or of the one that is the first parameter, in
    /// the snapshot that is the second.
    let taking: [String]
    let takingOne: [String]
    /// Each puts back the rows of a table.
    let restoring: [String]
    let restoringOne: [String]

    init(_ columns: (Table) throws(SQLiteError) -> [String]) throws(SQLiteError) {
        var taking: [(all: String, one: String)] = []
        var restoring: [(all: String, one: String)] = []
        for entry in AccountTables.all {
            let (table, kept) = (entry.table.name, SnapshotRows.name(of: entry.table))
            let columns = try columns(entry.table)
            let list = columns.joined(separator: ", ")
            let take = "INSERT INTO \(kept) (snapshot, \(list)) SELECT ?2, \(list) FROM \(table)"
            taking.append((take, "\(take) WHERE \(entry.condition)"))
            // Numbers of versions may be another one's by now, and tell no more than the order.
            let values = columns.map { entry.table == .version && $0 == "number" ? "NULL" : $0 }
                .joined(separator: ", ")
            let order = entry.table == .version ? " ORDER BY number" : ""
            let restore =
                "INSERT\(SnapshotRows.isTaken(entry.table) ? " OR IGNORE" : "") INTO \(table)"
                + " (\(list)) SELECT \(values) FROM \(kept) WHERE "
            let ofOne = AccountTables.condition(
                for: entry.table,
                SnapshotRows.name,
                and: " AND snapshot = ?2"
            )
            restoring.append(
                ("\(restore)snapshot = ?2\(order)", "\(restore)\(ofOne ?? "")\(order)")
            )
        }
        self.taking = taking.map(\.all)
        takingOne = taking.map(\.one)
        self.restoring = restoring.map(\.all)
        restoringOne = restoring.map(\.one)
    }

    /// Whether another account may have got what is in a row since: names that are unique in the
    /// whole vault stay with whom they are.
    private static func isTaken(_ table: Table) -> Bool {
        table == .iamAccountAlias || table == .iamAccessKey
    }

    /// The name of the table with what is kept of another one.
    static func name(of table: Table) -> String { name(of: table.name) }

    static func name(of table: String) -> String { "snapshot_\(table)" }
}

extension SQLiteTransaction {
    /// What keeps rows and puts them back, for the columns that the tables have.
    func snapshotRows() throws(SQLiteError) -> SnapshotRows {
        if let known = knownSnapshotRows { return known }
        let rows = try SnapshotRows { table throws(SQLiteError) in
            try connection.columns(of: table.name)
        }
        knownSnapshotRows = rows
        return rows
    }

    /// Makes the tables of snapshots follow the schema, when it is another one than last time.
    func makeSnapshotTables() throws {
        let version = "CAST('\(Schema.version)' AS BLOB)"
        let name = MetaName.snapshotSchema.rawValue
        let known = "SELECT count(*) FROM meta WHERE name = '\(name)' AND value = \(version)"
        guard try connection.integer(known) == 0 else { return }
        for entry in AccountTables.all { try followColumns(of: entry.table) }
        try setText(String(Schema.version), .snapshotSchema)
    }

    private func followColumns(of table: Table) throws(SQLiteError) {
        let kept = SnapshotRows.name(of: table)
        let columns = try connection.columns(of: table.name)
        let present = try connection.columns(of: kept)
        guard !present.isEmpty else {
            return try connection.execute(
                """
                CREATE TABLE \(kept) (
                    snapshot INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
                    \(columns.map { "\($0) ANY" }.joined(separator: ", "))
                ) STRICT;
                CREATE INDEX \(kept)_by_snapshot ON \(kept) (snapshot);
                """
            )
        }
        for column in columns where !present.contains(column) {
            // What rows from before have in the column of the table itself.
            let initial = try connection.text(
                """
                SELECT coalesce(dflt_value, 'NULL') FROM pragma_table_info('\(table.name)')
                WHERE name = '\(column)'
                """
            )
            try connection.execute(
                "ALTER TABLE \(kept) ADD COLUMN \(column) ANY DEFAULT \(initial)"
            )
        }
    }
}
