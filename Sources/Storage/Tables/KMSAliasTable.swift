internal import AWS
internal import Notation

/// The aliases of KMS keys.
enum KMSAliasTable: Int, StatementList {
    case byName, page, ofKey
    case set, delete, deleteOfKey

    enum Columns: Int, RowColumns {
        case name, account, region, createdAt, updatedAt, kmsKey
        // Of the key that the alias is of.
        case keyID
    }

    static let table = Table.kmsAlias

    private static let columns = "\(Columns.list(through: .kmsKey, of: "a")), k.key_id"

    var sql: String {
        let columns = KMSAliasTable.columns
        return switch self {
        case .byName:
            """
            SELECT \(columns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
            WHERE a.account = ?1 AND a.region = ?2 AND a.name = ?3
            """
        case .page:
            """
            SELECT \(columns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
            WHERE a.account = ?1 AND a.region = ?2 AND a.name > ?3
            ORDER BY a.name LIMIT ?4
            """
        case .ofKey:
            """
            SELECT \(columns) FROM kms_key AS k JOIN kms_alias AS a ON a.kms_key = k.id
            WHERE k.id = ?1 ORDER BY a.name
            """
        case .set: "INSERT OR REPLACE INTO kms_alias \(Columns.values(without: .keyID))"
        case .delete: "DELETE FROM kms_alias WHERE account = ?1 AND region = ?2 AND name = ?3"
        case .deleteOfKey: "DELETE FROM kms_alias WHERE kms_key = ?1"
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func alias(_ name: String, in scope: Scope) throws(APIError) -> KeyAlias? {
        try translatingErrors {
            let row = try statement(KMSAliasTable.byName)
            try row.bind(1, scope)
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
            let rows = try statement(KMSAliasTable.page)
            try rows.bind(1, scope)
            try rows.bind(3, name)
            try rows.bind(4, Int64(limit))
            return try aliases(in: rows)
        }
    }

    func aliases(of key: KMSKey) throws(APIError) -> [KeyAlias] {
        try translatingErrors {
            let rows = try statement(KMSAliasTable.ofKey)
            try rows.bind(1, key.id)
            return try aliases(in: rows)
        }
    }

    private func aliases(
        in rows: borrowing Statement<KMSAliasTable.Columns>
    ) throws(SQLiteError) -> [KeyAlias] {
        var aliases: [KeyAlias] = []
        while try rows.step() { aliases.append(alias(in: rows)) }
        return aliases
    }

    private func alias(in row: borrowing Statement<KMSAliasTable.Columns>) -> KeyAlias {
        KeyAlias(
            name: row.text(.name),
            scope: Scope(account: row.text(.account), region: row.text(.region)),
            targetKeyID: row.text(.keyID),
            createdAt: row.timestamp(.createdAt),
            updatedAt: row.timestamp(.updatedAt)
        )
    }

    // MARK: Writing

    func setAlias(_ alias: KeyAlias, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let change = try statement(KMSAliasTable.set)
            try change.bind(.account, alias.scope.account)
            try change.bind(.region, alias.scope.region)
            try change.bind(.name, alias.name)
            try change.bind(.kmsKey, key.id)
            try change.bind(.createdAt, alias.createdAt?.milliseconds ?? 0)
            try change.bind(.updatedAt, alias.updatedAt?.milliseconds ?? 0)
            try change.run()
        }
    }

    func deleteAlias(_ alias: KeyAlias) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(KMSAliasTable.delete)
            try deletion.bind(1, alias.scope)
            try deletion.bind(3, alias.name)
            try deletion.run()
        }
    }
}
