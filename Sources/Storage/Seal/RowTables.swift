/// The tables whose rows are hashed, as a vault has them.
struct RowTables {
    let all: [RowTable]
    private let byName: [String: RowTable]
    /// The numbers of the parts that have a table here: an older vault has not all.
    let parts: Set<Int>

    /// SQLite's own table of what there is; where its trees begin is its own affair.
    private static let schemaTable = RowTable(
        "sqlite_schema",
        part: SealedPart.schema,
        selection: "type, name, tbl_name, sql"
    )

    init(of connection: Connection) throws {
        var present: Set<String> = []
        try connection.eachRow(of: "SELECT name FROM sqlite_schema WHERE type = 'table'") { row in
            if case .text(let name) = row[0] {
                present.insert(String(decoding: name, as: UTF8.self))
            }
        }
        var all = [RowTables.schemaTable]
        for (part, sealed) in SealedPart.all.enumerated() {
            let name = SealedPart.names[part]
            guard case .table(let table) = sealed, present.contains(name) else { continue }
            let unsealed = table.unsealedColumns
            var (selection, leftOut) = ("*", UInt64(0))
            if !unsealed.isEmpty {
                let columns = try connection.columnNames(of: "SELECT * FROM \(name)")
                for (place, column) in columns.enumerated() where unsealed.contains(column) {
                    leftOut |= 1 << UInt64(place)
                }
                selection = columns.map { unsealed.contains($0) ? "NULL" : $0 }.joined(
                    separator: ", "
                )
            }
            all.append(RowTable(name, part: part, selection: selection, leftOut: leftOut))
            let kept = SnapshotRows.name(of: name)
            guard present.contains(kept) else { continue }
            // The snapshot's id comes before the columns of the table itself.
            all.append(
                RowTable(
                    kept,
                    part: SealedPart.kept,
                    selection: unsealed.isEmpty ? "*" : "snapshot, \(selection)",
                    leftOut: leftOut << 1
                )
            )
        }
        self.all = all
        parts = Set(all.map(\.part))
        byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    }

    /// The table of a name; nil for one whose rows are not hashed.
    func named(_ name: String) -> RowTable? { byName[name] }

    /// Whether snapshots keep anything: to ask once is cheaper than to look into each of their tables.
    func keepAnything(_ connection: Connection) throws(SQLiteError) -> Bool {
        let kept = all.filter { $0.part == SealedPart.kept }
        guard !kept.isEmpty else { return false }
        let questions = kept.map { "EXISTS (SELECT 1 FROM \($0.name))" }
        return try connection.integer("SELECT \(questions.joined(separator: " OR "))") != 0
    }

    /// Those that have rows to be read.
    func toRead(_ connection: Connection) throws(SQLiteError) -> [RowTable] {
        try keepAnything(connection) ? all : all.filter { $0.part != SealedPart.kept }
    }
}
