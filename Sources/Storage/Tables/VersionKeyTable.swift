internal import AWS

/// The keys that open versions beside those that they were sealed under.
enum VersionKeyTable: Int, StatementList {
    case ofVersion, ofSecret, ofAccount, insert, deleteOfVersion

    enum Columns: Int, RowColumns {
        case versionID, kmsKeyID, keyEncryptionKeyID, wrappedDataKey
        /// The state of the KMS key, which is in its own row.
        case keyState
        case secretID, position
    }

    static let table = Table.versionKey

    private static let joined = """
        SELECT \(Columns.list(through: .wrappedDataKey, of: "o")), k.state FROM version_key AS o
        JOIN key_encryption_key AS e ON e.id = o.key_encryption_key_id
        \(KeyEncryptionKeyTable.joinedKMSKey)
        """

    var sql: String {
        switch self {
        case .ofVersion:
            """
            \(VersionKeyTable.joined)
            WHERE o.secret_id = ?1 AND o.version_id = ?2 ORDER BY o.position
            """
        case .ofSecret:
            """
            \(VersionKeyTable.joined)
            WHERE o.secret_id = ?1 ORDER BY o.version_id, o.position
            """
        case .ofAccount:
            """
            SELECT \(Columns.list(through: .wrappedDataKey, of: "o")), NULL, o.secret_id, o.position
            FROM secret AS s JOIN version_key AS o ON o.secret_id = s.id WHERE s.account = ?1
            """
        case .insert: "INSERT INTO version_key \(Columns.values(without: .keyState))"
        case .deleteOfVersion: "DELETE FROM version_key WHERE secret_id = ?1 AND version_id = ?2"
        }
    }
}

/// One of those keys, and what it opens the version with.
struct FurtherKey {
    let versionID: String
    let key: VersionKey
    let dataKey: WrappedDataKey
}

extension SQLiteTransaction {
    func furtherKeys(ofVersion id: String, of secret: Secret) throws -> [FurtherKey] {
        let rows = try statement(VersionKeyTable.ofVersion)
        try rows.bind(1, secret.id)
        try rows.bind(2, id)
        return try furtherKeys(in: rows)
    }

    /// Of all versions of a secret.
    func furtherKeys(of secret: Secret) throws -> [FurtherKey] {
        let rows = try statement(VersionKeyTable.ofSecret)
        try rows.bind(1, secret.id)
        return try furtherKeys(in: rows)
    }

    private func furtherKeys(
        in rows: borrowing Statement<VersionKeyTable.Columns>
    ) throws(SQLiteError) -> [FurtherKey] {
        var keys: [FurtherKey] = []
        while try rows.step() {
            keys.append(
                FurtherKey(
                    versionID: rows.text(.versionID),
                    key: VersionKey(
                        kmsKeyID: rows.text(.kmsKeyID),
                        state: rows.optionalText(.keyState).flatMap(KeyState.init(rawValue:))
                    ),
                    dataKey: WrappedDataKey(
                        keyEncryptionKeyID: rows.integer(.keyEncryptionKeyID),
                        bytes: rows.blob(.wrappedDataKey)
                    )
                )
            )
        }
        return keys
    }

    func add(
        _ key: SealingKey,
        toVersion id: String,
        of secret: Secret,
        openedBy number: Int
    ) throws(APIError) {
        try translatingErrors {
            guard let envelope = try sealedVersion(.id(id), of: secret)?.envelope else { return }
            let added = try keyring.key(named: KeyEncryptionKeyName(key), connection)
            guard !envelope.isUnder(added.id) else { return }
            let dataKey = try wrap(envelope, again: added, id, of: secret, openedBy: number)
            let insertion = try statement(VersionKeyTable.insert)
            try insertion.bind(.secretID, secret.id)
            try insertion.bind(.versionID, id)
            try insertion.bind(.position, Int64(envelope.furtherDataKeys.count + 1))
            try insertion.bind(.kmsKeyID, key.kmsKeyID)
            try insertion.bind(.keyEncryptionKeyID, dataKey.keyEncryptionKeyID)
            try insertion.bind(.wrappedDataKey, blob: dataKey.bytes)
            try insertion.run()
        }
    }

    /// Forgets them: the version is sealed anew.
    func deleteFurtherKeys(ofVersion id: String, of secret: Secret) throws(SQLiteError) {
        let deletion = try statement(VersionKeyTable.deleteOfVersion)
        try deletion.bind(1, secret.id)
        try deletion.bind(2, id)
        try deletion.run()
    }
}
