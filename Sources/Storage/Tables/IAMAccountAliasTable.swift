internal import AWS

/// The names of accounts.
enum IAMAccountAliasTable: Int, StatementList {
    case ofAccount, byAlias
    case set, delete

    enum Columns: Int, RowColumns {
        case account, alias
    }

    static let table = Table.iamAccountAlias

    var sql: String {
        switch self {
        case .ofAccount: "SELECT \(Columns.list) FROM iam_account_alias WHERE account = ?1"
        case .byAlias: "SELECT \(Columns.list) FROM iam_account_alias WHERE alias = ?1"
        case .set: "INSERT OR REPLACE INTO iam_account_alias \(Columns.values())"
        case .delete: "DELETE FROM iam_account_alias WHERE account = ?1"
        }
    }
}

extension SQLiteTransaction {
    func alias(ofAccount account: String) throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(IAMAccountAliasTable.ofAccount)
            try row.bind(1, account)
            return try row.step() ? row.text(.alias) : nil
        }
    }

    func account(ofAlias alias: String) throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(IAMAccountAliasTable.byAlias)
            try row.bind(1, alias)
            return try row.step() ? row.text(.account) : nil
        }
    }

    func setAlias(_ alias: String?, ofAccount account: String) throws(APIError) {
        try translatingErrors {
            guard let alias else {
                let deletion = try statement(IAMAccountAliasTable.delete)
                try deletion.bind(1, account)
                return try deletion.run()
            }
            let insertion = try statement(IAMAccountAliasTable.set)
            try insertion.bind(.account, account)
            try insertion.bind(.alias, alias)
            try insertion.run()
        }
    }
}
