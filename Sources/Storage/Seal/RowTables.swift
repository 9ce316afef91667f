/// The tables whose rows are hashed, as a vault has them.
struct RowTables {
    let all: [RowTable]
    private let byName: [String: RowTable]
    /// The numbers of the parts that have a table here: an older vault has not all.
    let parts: Set<Int>

    /// SQLite's own table of what there is; where its trees begin is its own affair.
    private static let schemaTable = RowTable("sqlite_schema", part: SealedPart.schema)

    init(of connection: Connection) throws {
        var present: Set<String> = []
        try connection.eachRow(of: "SELECT name FROM sqlite_schema WHERE type = 'table'") { row in
            if case .text(let name) = row[0] { present.insert(String(decoding: name, as: UTF8.self)) }
        }
        var all = [RowTables.schemaTable]
        for (part, sealed) in SealedPart.all.enumerated() {
            let name = SealedPart.names[part]
            guard case .table(let table) = sealed, present.contains(name) else { continue }
            let unsealed = table.unsealedColumns
            var leftOut: UInt64 = 0
            for (place, column) in (unsealed.isEmpty ? [] : try connection.columns(of: name)).enumerated()
            where unsealed.contains(column) {
                leftOut |= 1 << UInt64(place)
            }
            all.append(RowTable(name, part: part, leftOut: leftOut))
            let kept = SnapshotRows.name(of: name)
            // The snapshot's id comes before the columns of the table itself.
            guard present.contains(kept) else { continue }
            all.append(RowTable(kept, part: SealedPart.kept, leftOut: leftOut << 1))
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

extension RowTable {
    /// Reads all rows, with NULL for what is left out.
    func selection(_ connection: Connection) throws(SQLiteError) -> String {
        if name == "sqlite_schema" { return "SELECT type, name, tbl_name, sql FROM sqlite_schema" }
        guard leftOut != 0 else { return "SELECT * FROM \(name)" }
        let columns = try connection.columns(of: name).enumerated().map { place, column in
            isSealed(Int32(place)) ? column : "NULL"
        }
        return "SELECT \(columns.joined(separator: ", ")) FROM \(name)"
    }
}
