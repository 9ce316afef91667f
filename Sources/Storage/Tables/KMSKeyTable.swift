internal import AWS
internal import Notation

/// KMS keys, as callers know them; their materials are in `kms_key_material`.
enum KMSKeyTable: Int, StatementList {
    case byID, byAlias, byRow, page, nextRegion, any, nextToDelete, nextToRotate, withoutMaterial
    case insert, update, forget
    case policy, setPolicy

    enum Columns: Int, RowColumns {
        case id, account, region, keyID, state, description, isAWSManaged, isMultiRegion
        case createdAt, deletionDate, rotationPeriod, rotationEnabledAt
        // Long, and wanted by itself.
        case policy
    }

    static let table = Table.kmsKey

    private static let columns = Columns.list(through: .rotationEnabledAt, of: "k")

    var sql: String {
        let columns = KMSKeyTable.columns
        return switch self {
        case .byID:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.account = ?1 AND k.region = ?2 AND k.key_id = ?3
            """
        case .byAlias:
            """
            SELECT \(columns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
            WHERE a.account = ?1 AND a.region = ?2 AND a.name = ?3
            """
        case .byRow: "SELECT \(columns) FROM kms_key AS k WHERE k.id = ?1"
        case .page:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.account = ?1 AND k.region = ?2 AND k.key_id > ?3 AND k.state <> 'Deleted'
            ORDER BY k.key_id LIMIT ?4
            """
        case .nextRegion:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.account = ?1 AND k.region > ?2 ORDER BY k.region LIMIT 1
            """
        case .any:
            """
            SELECT 1 FROM kms_key
            WHERE account = ?1 AND region = ?2 AND is_aws_managed = 0 LIMIT 1
            """
        case .nextToDelete:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.deletion_date IS NOT NULL ORDER BY k.deletion_date, k.id LIMIT 1
            """
        case .nextToRotate:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.rotation_period IS NOT NULL AND k.state = 'Enabled'
                AND k.rotation_enabled_at + k.rotation_period * 86400000 > 0
            ORDER BY k.rotation_enabled_at + k.rotation_period * 86400000, k.id LIMIT 1
            """
        // A row that was restored, of a key whose material was destroyed since.
        case .withoutMaterial:
            """
            SELECT \(columns) FROM kms_key AS k
            WHERE k.id > 0 AND EXISTS (
                SELECT 1 FROM kms_key_material AS m
                JOIN key_encryption_key AS e ON e.id = m.key_encryption_key_id
                WHERE m.kms_key = k.id AND e.wrapped = zeroblob(length(e.wrapped))
            )
            """
        case .insert: "INSERT INTO kms_key \(Columns.values(without: .id, .deletionDate))"
        case .update:
            """
            UPDATE kms_key SET \(KMSKeyTable.changes) WHERE id = \(Columns.id.parameter)
            """
        case .forget:
            """
            UPDATE kms_key SET state = 'Deleted', description = '', policy = '',
                deletion_date = NULL, rotation_period = NULL, rotation_enabled_at = NULL
            WHERE id = ?1
            """
        case .policy: "SELECT \(Columns.list) FROM kms_key WHERE id = ?1"
        case .setPolicy: "UPDATE kms_key SET policy = ?2 WHERE id = ?1"
        }
    }

    private static let changes = Columns.assignments(
        .state,
        .description,
        .deletionDate,
        .rotationPeriod,
        .rotationEnabledAt
    )
}

extension SQLiteTransaction {
    // MARK: Reading

    func key(at address: KeyAddress) throws(APIError) -> KMSKey? {
        try translatingErrors {
            switch address {
            case .id(let id, let scope): try selectKey(.byID, scope, id)
            case .alias(let name, let scope): try selectKey(.byAlias, scope, name)
            }
        }
    }

    private func selectKey(
        _ query: KMSKeyTable,
        _ scope: Scope,
        _ name: String
    ) throws -> KMSKey? {
        let row = try statement(query)
        try row.bind(1, scope)
        try row.bind(3, name)
        return try row.step() ? try key(in: row) : nil
    }

    /// The ARN of the key of a row.
    func arn(ofKey id: Int64) throws -> KeyARN? {
        let row = try statement(KMSKeyTable.byRow)
        try row.bind(1, id)
        return try row.step() ? try key(in: row).arn : nil
    }

    func keys(in scope: Scope, after keyID: String, limit: Int) throws(APIError) -> [KMSKey] {
        try translatingErrors {
            let rows = try statement(KMSKeyTable.page)
            try rows.bind(1, scope)
            try rows.bind(3, keyID)
            try rows.bind(4, Int64(limit))
            var keys: [KMSKey] = []
            while try rows.step() { keys.append(try key(in: rows)) }
            return keys
        }
    }

    func scope(
        ofKeysOfAccount account: String,
        afterRegion region: String
    ) throws(APIError) -> Scope? {
        try translatingErrors {
            let row = try statement(KMSKeyTable.nextRegion)
            try row.bind(1, account)
            try row.bind(2, region)
            return try row.step() ? try key(in: row).arn.scope : nil
        }
    }

    func hasKeys(in scope: Scope) throws(APIError) -> Bool {
        try translatingErrors {
            let row = try statement(KMSKeyTable.any)
            try row.bind(1, scope)
            return try row.step()
        }
    }

    func nextKeyToDelete() throws(APIError) -> KMSKey? {
        try translatingErrors {
            let row = try statement(KMSKeyTable.nextToDelete)
            return try row.step() ? try key(in: row) : nil
        }
    }

    func nextKeyToRotate() throws(APIError) -> KMSKey? {
        try translatingErrors {
            let row = try statement(KMSKeyTable.nextToRotate)
            return try row.step() ? try key(in: row) : nil
        }
    }

    func policy(of key: KMSKey) throws(APIError) -> String {
        try translatingErrors {
            let row = try statement(KMSKeyTable.policy)
            try row.bind(1, key.id)
            return try row.step() ? row.text(.policy) : ""
        }
    }

    private func key(in row: borrowing Statement<KMSKeyTable.Columns>) throws -> KMSKey {
        guard let state = KeyState(rawValue: row.text(.state)) else {
            throw APIError.internalServiceError(cause: "no state of a key")
        }
        return KMSKey(
            id: row.integer(.id),
            arn: KeyARN(
                scope: Scope(account: row.text(.account), region: row.text(.region)),
                keyID: row.text(.keyID)
            ),
            state: state,
            description: row.text(.description),
            isAWSManaged: row.bool(.isAWSManaged),
            isMultiRegion: row.bool(.isMultiRegion),
            createdAt: row.timestamp(.createdAt),
            deletionDate: row.optionalTimestamp(.deletionDate),
            rotation: row.optionalInteger(.rotationPeriod).map { period in
                KeyRotation(
                    periodInDays: period,
                    enabledAt: row.timestamp(.rotationEnabledAt)
                )
            }
        )
    }

    // MARK: Writing

    func insert(_ key: NewKey) throws(APIError) -> KMSKey {
        try translatingErrors {
            let insertion = try statement(KMSKeyTable.insert)
            try insertion.bind(.account, key.arn.scope.account)
            try insertion.bind(.region, key.arn.scope.region)
            try insertion.bind(.keyID, key.arn.keyID)
            try insertion.bind(.state, KeyState.enabled.rawValue)
            try insertion.bind(.description, key.description)
            try insertion.bind(.policy, key.policy)
            try insertion.bind(.isAWSManaged, key.isAWSManaged)
            try insertion.bind(.isMultiRegion, key.isMultiRegion)
            try insertion.bind(.createdAt, key.createdAt)
            try insertion.bind(.rotationPeriod, key.rotation?.periodInDays)
            try insertion.bind(.rotationEnabledAt, key.rotation?.enabledAt)
            try insertion.run()
            let inserted = KMSKey(
                id: connection.insertedRowID,
                arn: key.arn,
                description: key.description,
                isAWSManaged: key.isAWSManaged,
                isMultiRegion: key.isMultiRegion,
                createdAt: key.createdAt,
                rotation: key.rotation
            )
            _ = try insertMaterial(of: inserted, by: nil)
            return inserted
        }
    }

    func update(_ key: KMSKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(KMSKeyTable.update)
            try update.bind(.id, key.id)
            try update.bind(.state, key.state.rawValue)
            try update.bind(.description, key.description)
            try update.bind(.deletionDate, key.deletionDate)
            try update.bind(.rotationPeriod, key.rotation?.periodInDays)
            try update.bind(.rotationEnabledAt, key.rotation?.enabledAt)
            try update.run()
        }
    }

    func setPolicy(_ policy: String, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(KMSKeyTable.setPolicy)
            try update.bind(1, key.id)
            try update.bind(2, policy)
            try update.run()
        }
    }

    func destroy(_ deleted: DeletedKey) throws(APIError) {
        try translatingErrors { try destroy(deleted.key) }
    }

    private func destroy(_ key: KMSKey) throws {
        try destroyMaterials(of: key)
        try run(KMSGrantTable.deleteOfKey, key.id)
        try run(KMSAliasTable.deleteOfKey, key.id)
        try run(KMSTagTable.deleteOfOwner, key.id)
        try run(KMSKeyTable.forget, key.id)
    }

    /// Deletes keys that were restored and whose material is gone: what was destroyed stays so.
    func deleteKeysWithoutMaterial() throws {
        var keys: [KMSKey] = []
        do {
            let rows = try statement(KMSKeyTable.withoutMaterial)
            while try rows.step() { keys.append(try key(in: rows)) }
        }
        for key in keys { try destroy(key) }
    }
}
