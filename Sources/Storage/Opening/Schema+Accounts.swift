extension Schema {
    /// Accounts that were made for tests, and what is kept of accounts by a name.
    ///
    /// The tables with the rows that are kept follow those that they are of: `SnapshotRows`.
    static let accounts = """
        -- AUTOINCREMENT, so that no test meets the account of another one's.
        CREATE TABLE made_account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL UNIQUE
        ) STRICT;

        -- Without an account it is of all.
        CREATE TABLE snapshot (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            account TEXT,
            taken_at INTEGER NOT NULL,
            secrets INTEGER NOT NULL
        ) STRICT;

        """
}
