internal import AWS
internal import Notation

/// Secrets, replicas included.
enum SecretTable: Int, StatementList {
    case byID, byName, byARN, byPrefix
    case byNameAscending, byNameDescending
    case byCreationAscending, byCreationDescending
    case byChangeAscending, byChangeDescending
    case byAccessAscending, byAccessDescending
    case nextScope, nextToPurge
    case insert, update, noteAccess, noteTagged, delete

    enum Columns: Int, RowColumns {
        case id, arn, name, description, kmsKeyID, type, owningService, createdAt, lastChangedAt
        case lastAccessedAt, deletedAt, purgeAt, wasEverTagged, primaryID, primaryRegion
        case crossAccountPrimaryARN, crossAccountStatus, account, region
    }

    static let table = Table.secret

    private static let columns = Columns.list

    var sql: String {
        let columns = SecretTable.columns
        return switch self {
        case .byID: "SELECT \(columns) FROM secret WHERE id = ?1"
        case .byName:
            """
            SELECT \(columns) FROM secret WHERE account = ?1 AND region = ?2 AND name = ?3
            """
        case .byARN: "SELECT \(columns) FROM secret WHERE arn = ?1 AND account = ?2"
        case .byPrefix:
            """
            SELECT \(columns) FROM secret
            WHERE account = ?1 AND region = ?2 AND name >= ?3 AND name < ?4
            ORDER BY name LIMIT ?5
            """
        case .byNameAscending: SecretTable.page(by: "name", ascending: true)
        case .byNameDescending: SecretTable.page(by: "name", ascending: false)
        case .byCreationAscending: SecretTable.page(by: "created_at", ascending: true)
        case .byCreationDescending: SecretTable.page(by: "created_at", ascending: false)
        case .byChangeAscending: SecretTable.page(by: "last_changed_at", ascending: true)
        case .byChangeDescending: SecretTable.page(by: "last_changed_at", ascending: false)
        case .byAccessAscending: SecretTable.page(by: "last_accessed_at", ascending: true)
        case .byAccessDescending: SecretTable.page(by: "last_accessed_at", ascending: false)
        case .nextScope:
            """
            SELECT \(columns) FROM secret
            WHERE (account, region) > (?1, ?2) ORDER BY account, region LIMIT 1
            """
        case .nextToPurge:
            """
            SELECT \(columns) FROM secret
            WHERE purge_at IS NOT NULL ORDER BY purge_at, id LIMIT 1
            """
        case .insert:
            """
            INSERT INTO secret
            \(Columns.values(without: .id, .lastAccessedAt, .deletedAt, .purgeAt, .wasEverTagged))
            """
        // Once true, "had tags once" stays true, whatever an older copy of the secret says.
        case .update:
            """
            UPDATE secret SET \(SecretTable.changes),
                was_ever_tagged = max(was_ever_tagged, \(Columns.wasEverTagged.parameter))
            WHERE id = \(Columns.id.parameter)
            """
        case .noteAccess:
            """
            UPDATE secret SET last_accessed_at = ?2 WHERE id = ?1 AND last_accessed_at <> ?2
            """
        case .noteTagged: "UPDATE secret SET was_ever_tagged = 1 WHERE id = ?1"
        case .delete: "DELETE FROM secret WHERE id = ?1"
        }
    }

    /// What an update stores as it is given.
    private static let changes = Columns.assignments(
        .description,
        .kmsKeyID,
        .type,
        .owningService,
        .lastChangedAt,
        .lastAccessedAt,
        .deletedAt,
        .purgeAt,
        .primaryID,
        .primaryRegion,
        .crossAccountPrimaryARN,
        .crossAccountStatus
    )

    /// The list of a scope from after a position on.
    ///
    /// The first branch takes the rows that share the position's key. As one row-value comparison
    /// SQLite would use the index for the key alone, and walk over all rows of a vault that was
    /// filled within one millisecond again for each page.
    private static func page(by column: String, ascending: Bool) -> String {
        let comparison = ascending ? ">" : "<"
        let direction = ascending ? "ASC" : "DESC"
        let scope = "SELECT \(columns) FROM secret WHERE account = ?1 AND region = ?2"
        return """
            \(scope) AND \(column) = ?3 AND id \(comparison) ?4
            UNION ALL \(scope) AND \(column) \(comparison) ?3
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?5
            """
    }

    /// The statement of a list in this order.
    static func sorted(by order: SecretOrder) -> SecretTable {
        switch (order.key, order.ascending) {
        case (.name, true): .byNameAscending
        case (.name, false): .byNameDescending
        case (.createdDate, true): .byCreationAscending
        case (.createdDate, false): .byCreationDescending
        case (.lastChangedDate, true): .byChangeAscending
        case (.lastChangedDate, false): .byChangeDescending
        case (.lastAccessedDate, true): .byAccessAscending
        case (.lastAccessedDate, false): .byAccessDescending
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func secret(at address: SecretAddress) throws(APIError) -> Secret? {
        if let secret = cache?.secret(at: address) { return secret }
        let secret = try translatingErrors { try selectSecret(at: address) }
        if let secret { cache?.insert(secret, at: address) }
        return secret
    }

    private func selectSecret(at address: SecretAddress) throws(SQLiteError) -> Secret? {
        let scope = address.scope
        switch address {
        case .name(let name, _):
            let row = try statement(SecretTable.byName)
            try row.bind(1, scope)
            try row.bind(3, name)
            return try row.step() ? secret(in: row, scope) : nil
        case .arn(let arn, _):
            let row = try statement(SecretTable.byARN)
            try row.bind(1, arn)
            try row.bind(2, scope.account)
            return try row.step() ? secret(in: row, scope) : nil
        }
    }

    /// The secret that a row of another table refers to.
    func secret(id: Int64) throws(SQLiteError) -> Secret? {
        let row = try statement(SecretTable.byID)
        try row.bind(1, id)
        return try row.step() ? secretOfAnyScope(in: row) : nil
    }

    func secrets(
        in scope: Scope,
        sortedBy order: SecretOrder,
        after position: SecretPosition?,
        limit: Int
    ) throws(APIError) -> [Secret] {
        try translatingErrors {
            let rows = try statement(SecretTable.sorted(by: order))
            let position = position ?? .start(of: order)
            try rows.bind(1, scope)
            switch position.key {
            case .date(let milliseconds): try rows.bind(3, milliseconds)
            case .name(let name): try rows.bind(3, name)
            }
            try rows.bind(4, position.id)
            try rows.bind(5, Int64(limit))
            return try secrets(in: rows, scope)
        }
    }

    func secrets(
        in scope: Scope,
        namePrefix prefix: String,
        limit: Int
    ) throws(APIError) -> [Secret] {
        try translatingErrors {
            let rows = try statement(SecretTable.byPrefix)
            try rows.bind(1, scope)
            try rows.bind(3, prefix)
            try rows.bind(4, prefix + SecretPosition.afterEveryName)
            try rows.bind(5, Int64(limit))
            return try secrets(in: rows, scope)
        }
    }

    func nextScope(after scope: Scope?) throws(APIError) -> Scope? {
        try translatingErrors {
            let row = try statement(SecretTable.nextScope)
            try row.bind(1, scope ?? Scope(account: "", region: ""))
            guard try row.step() else { return nil }
            return Scope(account: row.text(.account), region: row.text(.region))
        }
    }

    func nextToPurge() throws(APIError) -> Secret? {
        try translatingErrors {
            let row = try statement(SecretTable.nextToPurge)
            return try row.step() ? secretOfAnyScope(in: row) : nil
        }
    }

    private func secrets(
        in rows: borrowing Statement<SecretTable.Columns>,
        _ scope: Scope
    ) throws(SQLiteError) -> [Secret] {
        var secrets: [Secret] = []
        while try rows.step() { secrets.append(secret(in: rows, scope)) }
        return secrets
    }

    private func secretOfAnyScope(in row: borrowing Statement<SecretTable.Columns>) -> Secret {
        secret(in: row, Scope(account: row.text(.account), region: row.text(.region)))
    }

    private func secret(
        in row: borrowing Statement<SecretTable.Columns>,
        _ scope: Scope
    ) -> Secret {
        Secret(
            id: row.integer(.id),
            arn: SecretARN(stored: row.text(.arn), scope: scope, name: row.text(.name)),
            description: row.text(.description),
            kmsKeyID: row.text(.kmsKeyID),
            type: row.optionalText(.type),
            owningService: row.optionalText(.owningService),
            createdAt: row.timestamp(.createdAt),
            lastChangedAt: row.timestamp(.lastChangedAt),
            lastAccessedAt: row.timestampUnlessZero(.lastAccessedAt),
            deletedAt: row.optionalTimestamp(.deletedAt),
            purgeAt: row.optionalTimestamp(.purgeAt),
            wasEverTagged: row.bool(.wasEverTagged),
            primaryID: row.optionalInteger(.primaryID),
            primaryRegion: row.optionalText(.primaryRegion),
            crossAccountPrimary: row.optionalText(.crossAccountPrimaryARN).map { arn in
                CrossAccountPrimary(
                    primaryARN: arn,
                    status: CrossAccountStatus(rawValue: row.text(.crossAccountStatus))
                        ?? .detached
                )
            }
        )
    }

    // MARK: Writing

    func insert(_ secret: NewSecret) throws(APIError) -> Secret {
        try translatingErrors {
            let insertion = try statement(SecretTable.insert)
            try insertion.bind(.account, secret.arn.scope.account)
            try insertion.bind(.region, secret.arn.scope.region)
            try insertion.bind(.name, secret.arn.name)
            try insertion.bind(.arn, secret.arn.text)
            try insertion.bind(.description, secret.description)
            try insertion.bind(.kmsKeyID, secret.kmsKeyID)
            try insertion.bind(.type, secret.type)
            try insertion.bind(.owningService, secret.owningService)
            try insertion.bind(.createdAt, secret.createdAt)
            try insertion.bind(.lastChangedAt, secret.createdAt)
            try insertion.bind(.primaryID, secret.primaryID)
            try insertion.bind(.primaryRegion, secret.primaryRegion)
            try insertion.bind(.crossAccountPrimaryARN, secret.crossAccountPrimary?.primaryARN)
            try insertion.bind(.crossAccountStatus, secret.crossAccountPrimary?.status.rawValue)
            try insertion.run()
            return Secret(
                id: connection.insertedRowID,
                arn: secret.arn,
                description: secret.description,
                kmsKeyID: secret.kmsKeyID,
                type: secret.type,
                owningService: secret.owningService,
                createdAt: secret.createdAt,
                lastChangedAt: secret.createdAt,
                primaryID: secret.primaryID,
                primaryRegion: secret.primaryRegion,
                crossAccountPrimary: secret.crossAccountPrimary
            )
        }
    }

    func update(_ secret: Secret) throws(APIError) {
        try translatingErrors {
            let update = try statement(SecretTable.update)
            try update.bind(.id, secret.id)
            try update.bind(.description, secret.description)
            try update.bind(.kmsKeyID, secret.kmsKeyID)
            try update.bind(.type, secret.type)
            try update.bind(.owningService, secret.owningService)
            try update.bind(.lastChangedAt, secret.lastChangedAt)
            try update.bind(.lastAccessedAt, secret.lastAccessedAt?.milliseconds ?? 0)
            try update.bind(.deletedAt, secret.deletedAt)
            try update.bind(.purgeAt, secret.purgeAt)
            try update.bind(.wasEverTagged, secret.wasEverTagged)
            try update.bind(.primaryID, secret.primaryID)
            try update.bind(.primaryRegion, secret.primaryRegion)
            try update.bind(.crossAccountPrimaryARN, secret.crossAccountPrimary?.primaryARN)
            try update.bind(.crossAccountStatus, secret.crossAccountPrimary?.status.rawValue)
            try update.run()
            guard connection.changedRows == 1 else {
                throw APIError.internalServiceError(cause: "no row for \(secret.arn.text)")
            }
        }
    }

    func delete(_ purged: PurgedSecret) throws(APIError) {
        try translatingErrors { try run(SecretTable.delete, purged.secret.id) }
    }
}

extension SecretPosition {
    /// Sorts after the names of all secrets, which are ASCII.
    fileprivate static let afterEveryName = "\u{10FFFF}"

    /// The place before the first secret of an order.
    fileprivate static func start(of order: SecretOrder) -> SecretPosition {
        let id: Int64 = order.ascending ? .min : .max
        guard order.key == .name else { return SecretPosition(key: .date(id), id: id) }
        return SecretPosition(key: .name(order.ascending ? "" : afterEveryName), id: id)
    }
}
