internal import AWS
internal import Notation

extension SQLiteTransaction {
    func empty(account: String?) throws(APIError) {
        try translatingErrors {
            if let account {
                try run(AccountTables.emptyingOne, account)
            } else {
                try emptyAll()
            }
        }
    }

    /// Removes the rows of all accounts; their sums need no row to be looked at.
    func emptyAll() throws(SQLiteError) {
        try connection.untold { () throws(SQLiteError) in try run(AccountTables.emptying) }
        for entry in AccountTables.all { rows?.sums.empty(entry.table) }
    }

    func makeAccount(_ new: NewAccount) throws(APIError) -> MadeAccount {
        try translatingErrors {
            let account = try insertMadeAccount(besides: new.serverAccount)
            if let template = new.template {
                try copy(template, to: account, new.randomness)
            }
            let secretAccessKey = try makeSecretAccessKey()
            // Twelve digits are the key of an account's root.
            try insert(
                AccessKey(
                    id: account,
                    account: account,
                    principalID: nil,
                    createdAt: new.createdAt
                ),
                secretAccessKey: secretAccessKey
            )
            return MadeAccount(account: account, secretAccessKey: secretAccessKey)
        }
    }

    func dropAccount(_ account: String) throws(APIError) -> Bool {
        try translatingErrors {
            guard try isMade(account) else { return false }
            try run(AccountTables.dropping, account)
            return true
        }
    }

    /// Runs statements one after the other: their first parameter is an account, unless they are about
    /// all, and the second a snapshot.
    func run(
        _ statements: [String],
        _ account: String? = nil,
        _ snapshot: Int64? = nil
    ) throws(SQLiteError) {
        for sql in statements {
            let statement = try statement(keeping: sql)
            if let account { try statement.bind(1, account) }
            if let snapshot { try statement.bind(2, snapshot) }
            try statement.run()
        }
    }
}
