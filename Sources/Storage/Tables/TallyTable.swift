internal import AWS

/// How many rows a table has; triggers keep count.
enum TallyTable: Int, StatementList {
    case number

    enum Columns: Int, RowColumns {
        case number
    }

    static let table = Table.tally

    var sql: String {
        switch self {
        case .number: "SELECT number FROM tally WHERE name = ?1"
        }
    }
}

extension SQLiteTransaction {
    func counts() throws(APIError) -> VaultCounts {
        try translatingErrors {
            VaultCounts(secrets: try tally(of: .secret), versions: try tally(of: .version))
        }
    }

    private func tally(of table: Table) throws(SQLiteError) -> Int64 {
        let row = try statement(TallyTable.number)
        try row.bind(1, table.name)
        return try row.step() ? row.integer(.number) : 0
    }
}
