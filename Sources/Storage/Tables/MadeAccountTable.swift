internal import AWS

/// The accounts that were made for tests.
enum MadeAccountTable: Int, StatementList {
    case all, byAccount, insert

    enum Columns: Int, RowColumns {
        case id, account
    }

    static let table = Table.madeAccount

    var sql: String {
        switch self {
        case .all: "SELECT \(Columns.list) FROM made_account WHERE id > 0 ORDER BY id"
        case .byAccount: "SELECT \(Columns.list) FROM made_account WHERE account = ?1"
        case .insert: "INSERT INTO made_account \(Columns.values())"
        }
    }
}

extension SQLiteTransaction {
    func madeAccounts() throws(APIError) -> [String] {
        try translatingErrors {
            let rows = try statement(MadeAccountTable.all)
            var accounts: [String] = []
            while try rows.step() { accounts.append(rows.text(.account)) }
            return accounts
        }
    }

    func isMade(_ account: String) throws(SQLiteError) -> Bool {
        let row = try statement(MadeAccountTable.byAccount)
        try row.bind(1, account)
        return try row.step()
    }

    /// Takes the next number that no account has, and that is not the one that is reserved, which may
    /// have nothing yet.
    func insertMadeAccount(besides reserved: String) throws -> String {
        var id = try connection.integer(
            "SELECT seq FROM sqlite_sequence WHERE name = 'made_account'"
        )
        var account: String
        repeat {
            id += 1
            account = String(firstMadeAccount + id - 1)
        } while try account == reserved || isInUse(account)
        let insertion = try statement(MadeAccountTable.insert)
        try insertion.bind(.id, id)
        try insertion.bind(.account, account)
        try insertion.run()
        return account
    }

    private func isInUse(_ account: String) throws(SQLiteError) -> Bool {
        let rows = try statement(keeping: AccountTables.isInUse)
        try rows.bind(1, account)
        return try rows.step()
    }
}

private let firstMadeAccount: Int64 = 900_000_000_000
