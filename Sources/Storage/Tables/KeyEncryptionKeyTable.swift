internal import Notation

/// Key-encryption keys, wrapped by the master key.
enum KeyEncryptionKeyTable: Int, StatementList {
    case byID, byName, all, insert, rewrap, destroy

    enum Columns: Int, RowColumns {
        case id, account, region, kmsKeyID, wrapped
    }

    static let table = Table.keyEncryptionKey

    /// Finds the KMS key `k` whose material a key-encryption key `e` is: the id of one that came by a
    /// rotation, 64 digits, follows a slash.
    static let joinedKMSKey = """
        LEFT JOIN kms_key AS k
            ON k.account = e.account AND k.region = e.region AND k.key_id =
                CASE substr(e.kms_key_id, -65, 1)
                WHEN '/' THEN substr(e.kms_key_id, 1, length(e.kms_key_id) - 65)
                ELSE e.kms_key_id END
        """

    var sql: String {
        switch self {
        case .byID: "SELECT \(Columns.list) FROM key_encryption_key WHERE id = ?1"
        case .byName:
            """
            SELECT \(Columns.list) FROM key_encryption_key
            WHERE account = ?1 AND region = ?2 AND kms_key_id = ?3
            """
        case .all: "SELECT \(Columns.list) FROM key_encryption_key WHERE id > 0 ORDER BY id"
        case .insert: "INSERT INTO key_encryption_key \(Columns.values(without: .id))"
        case .rewrap: "UPDATE key_encryption_key SET wrapped = ?2 WHERE id = ?1"
        // In place, so that secure_delete has nothing to be trusted with.
        case .destroy:
            """
            UPDATE key_encryption_key SET wrapped = zeroblob(length(wrapped)) WHERE id = ?1
            """
        }
    }
}

/// A key-encryption key as it is stored.
struct WrappedKey {
    let id: Int64
    let name: KeyEncryptionKeyName
    let wrapped: [UInt8]

    /// Whether it was overwritten, with all that it sealed.
    var isDestroyed: Bool { wrapped.allSatisfy { $0 == 0 } }
}

extension Connection {
    func wrappedKey(id: Int64) throws(SQLiteError) -> WrappedKey? {
        let row = try statement(KeyEncryptionKeyTable.byID)
        try row.bind(1, id)
        return try row.step() ? wrappedKey(in: row) : nil
    }

    func wrappedKey(named name: KeyEncryptionKeyName) throws(SQLiteError) -> WrappedKey? {
        let row = try statement(KeyEncryptionKeyTable.byName)
        try row.bind(1, name.account)
        try row.bind(2, name.region)
        try row.bind(3, name.kmsKeyID)
        return try row.step() ? wrappedKey(in: row) : nil
    }

    func wrappedKey(
        in row: borrowing Statement<KeyEncryptionKeyTable.Columns>
    ) -> WrappedKey {
        WrappedKey(
            id: row.integer(.id),
            name: KeyEncryptionKeyName(
                Scope(account: row.text(.account), region: row.text(.region)),
                kmsKeyID: row.text(.kmsKeyID)
            ),
            wrapped: row.blob(.wrapped)
        )
    }

    /// - Returns: the id of the new row.
    func insertKey(
        _ wrapped: [UInt8],
        named name: KeyEncryptionKeyName
    ) throws(SQLiteError) -> Int64 {
        let insertion = try statement(KeyEncryptionKeyTable.insert)
        try insertion.bind(.account, name.account)
        try insertion.bind(.region, name.region)
        try insertion.bind(.kmsKeyID, name.kmsKeyID)
        try insertion.bind(.wrapped, blob: wrapped)
        try insertion.run()
        return insertedRowID
    }

    /// Stores the same key as another master key wraps it.
    func rewrapKey(id: Int64, _ wrapped: [UInt8]) throws(SQLiteError) {
        let change = try statement(KeyEncryptionKeyTable.rewrap)
        try change.bind(1, id)
        try change.bind(2, blob: wrapped)
        try change.run()
    }

    /// Overwrites the wrapped key; the row stays.
    func destroyKey(id: Int64) throws(SQLiteError) {
        let destruction = try statement(KeyEncryptionKeyTable.destroy)
        try destruction.bind(1, id)
        try destruction.run()
    }
}
