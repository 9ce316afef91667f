internal import AWS

extension SQLiteTransaction {
    func alias(_ name: String, in scope: Scope) throws(APIError) -> KeyAlias? {
        try translatingErrors {
            let row = try statement(.kmsAlias)
            try bind(scope, in: row)
            try row.bind(3, name)
            return try row.step() ? alias(in: row) : nil
        }
    }

    func aliases(
        in scope: Scope,
        after name: String,
        limit: Int
    ) throws(APIError) -> [KeyAlias] {
        try translatingErrors {
            let rows = try statement(.kmsAliases)
            try bind(scope, in: rows)
            try rows.bind(3, name)
            try rows.bind(4, Int64(limit))
            return try aliases(in: rows)
        }
    }

    func aliases(of key: KMSKey) throws(APIError) -> [KeyAlias] {
        try translatingErrors {
            let rows = try statement(.kmsAliasesOfKey)
            try rows.bind(1, key.id)
            return try aliases(in: rows)
        }
    }

    func setAlias(_ alias: KeyAlias, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let change = try statement(.setKMSAlias)
            try bind(alias.scope, in: change)
            try change.bind(3, alias.name)
            try change.bind(4, key.id)
            try change.bind(5, alias.createdAt?.milliseconds ?? 0)
            try change.bind(6, alias.updatedAt?.milliseconds ?? 0)
            try change.run()
        }
    }

    func deleteAlias(_ alias: KeyAlias) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(.deleteKMSAlias)
            try bind(alias.scope, in: deletion)
            try deletion.bind(3, alias.name)
            try deletion.run()
        }
    }

    private func aliases(in rows: borrowing Statement) throws(SQLiteError) -> [KeyAlias] {
        var aliases: [KeyAlias] = []
        while try rows.step() { aliases.append(alias(in: rows)) }
        return aliases
    }

    private func alias(in row: borrowing Statement) -> KeyAlias {
        KeyAlias(
            name: row.text(0),
            scope: Scope(account: row.text(1), region: row.text(2)),
            targetKeyID: row.text(3),
            createdAt: Timestamp(milliseconds: row.integer(4)),
            updatedAt: Timestamp(milliseconds: row.integer(5))
        )
    }
}
