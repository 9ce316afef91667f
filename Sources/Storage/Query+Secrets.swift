internal import AWS

extension Query {
    /// As `SQLiteTransaction` reads them.
    static let secretColumns = """
        id, arn, name, description, kms_key_id, type, owning_service, created_at, last_changed_at,
        last_accessed_at, deleted_at, purge_at, was_ever_tagged, primary_id, primary_region,
        cross_account_primary_arn, cross_account_status
        """

    /// The same with the scope, as `secretOfAnyScope` reads them.
    static let secretOfAnyScopeColumns = "\(secretColumns), account, region"

    static let secretTexts: [Query: String] = [
        .secretByName: """
        SELECT \(secretColumns) FROM secret WHERE account = ?1 AND region = ?2 AND name = ?3
        """,
        .secretByARN: """
        SELECT \(secretColumns) FROM secret WHERE arn = ?1 AND account = ?2
        """,
        .secretsByPrefix: """
        SELECT \(secretColumns) FROM secret
        WHERE account = ?1 AND region = ?2 AND name >= ?3 AND name < ?4
        ORDER BY name LIMIT ?5
        """,
        .secretsByNameAscending: page(by: "name", ascending: true),
        .secretsByNameDescending: page(by: "name", ascending: false),
        .secretsByCreationAscending: page(by: "created_at", ascending: true),
        .secretsByCreationDescending: page(by: "created_at", ascending: false),
        .secretsByChangeAscending: page(by: "last_changed_at", ascending: true),
        .secretsByChangeDescending: page(by: "last_changed_at", ascending: false),
        .secretsByAccessAscending: page(by: "last_accessed_at", ascending: true),
        .secretsByAccessDescending: page(by: "last_accessed_at", ascending: false),
        .nextToPurge: """
        SELECT \(secretOfAnyScopeColumns) FROM secret
        WHERE purge_at IS NOT NULL ORDER BY purge_at, id LIMIT 1
        """,
        .replicas: """
        SELECT region, kms_key_id, failure FROM replica WHERE primary_id = ?1 ORDER BY region
        """,
        .setReplica: """
        INSERT OR REPLACE INTO replica (primary_id, region, kms_key_id, failure)
        VALUES (?1, ?2, ?3, ?4)
        """,
        .deleteReplica: "DELETE FROM replica WHERE primary_id = ?1 AND region = ?2",
        .crossAccountReplica: """
        SELECT replica_arn, role_arn, status FROM cross_account_replica WHERE primary_id = ?1
        """,
        .setCrossAccountReplica: """
        INSERT OR REPLACE INTO cross_account_replica (primary_id, replica_arn, role_arn, status)
        VALUES (?1, ?2, ?3, ?4)
        """,
        .deleteCrossAccountReplica: "DELETE FROM cross_account_replica WHERE primary_id = ?1",
        .policy: "SELECT document FROM resource_policy WHERE secret_id = ?1 AND name = ?2",
        .policyNames: "SELECT name FROM resource_policy WHERE secret_id = ?1 ORDER BY name",
        .putPolicy: """
        INSERT OR REPLACE INTO resource_policy (secret_id, name, document) VALUES (?1, ?2, ?3)
        """,
        .deletePolicy: "DELETE FROM resource_policy WHERE secret_id = ?1 AND name = ?2",
        .insertSecret: """
        INSERT INTO secret (account, region, name, arn, description, kms_key_id, type,
            owning_service, created_at, last_changed_at, primary_id, primary_region,
            cross_account_primary_arn, cross_account_status)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13)
        """,
        // Once true, "had tags once" stays true, whatever an older copy of the secret says.
        .updateSecret: """
        UPDATE secret SET description = ?2, kms_key_id = ?3, type = ?4, owning_service = ?5,
            last_changed_at = ?6, last_accessed_at = ?7, deleted_at = ?8, purge_at = ?9,
            was_ever_tagged = max(was_ever_tagged, ?10), primary_id = ?11, primary_region = ?12,
            cross_account_primary_arn = ?13, cross_account_status = ?14
        WHERE id = ?1
        """,
        .noteSecretAccess: """
        UPDATE secret SET last_accessed_at = ?2 WHERE id = ?1 AND last_accessed_at <> ?2
        """,
        .deleteSecret: "DELETE FROM secret WHERE id = ?1",
        .deleteSecretsOfAccount: "DELETE FROM secret WHERE account = ?1",
        .deleteEverySecret: "DELETE FROM secret",
        .tags: "SELECT key, value FROM tag WHERE secret_id = ?1 ORDER BY position",
        .insertTag: "INSERT INTO tag (secret_id, position, key, value) VALUES (?1, ?2, ?3, ?4)",
        .deleteTags: "DELETE FROM tag WHERE secret_id = ?1",
        .noteTagged: "UPDATE secret SET was_ever_tagged = 1 WHERE id = ?1",
    ]

    /// The list of a scope from after a position on.
    ///
    /// The first branch takes the rows that share the position's key. As one row-value comparison
    /// SQLite would use the index for the key alone, and walk over all rows of a vault that was
    /// filled within one millisecond again for each page.
    private static func page(by column: String, ascending: Bool) -> String {
        let comparison = ascending ? ">" : "<"
        let direction = ascending ? "ASC" : "DESC"
        let scope = "SELECT \(secretColumns) FROM secret WHERE account = ?1 AND region = ?2"
        return """
            \(scope) AND \(column) = ?3 AND id \(comparison) ?4
            UNION ALL \(scope) AND \(column) \(comparison) ?3
            ORDER BY \(column) \(direction), id \(direction) LIMIT ?5
            """
    }

    /// The query of a list in this order.
    static func secrets(sortedBy order: SecretOrder) -> Query {
        switch (order.key, order.ascending) {
        case (.name, true): .secretsByNameAscending
        case (.name, false): .secretsByNameDescending
        case (.createdDate, true): .secretsByCreationAscending
        case (.createdDate, false): .secretsByCreationDescending
        case (.lastChangedDate, true): .secretsByChangeAscending
        case (.lastChangedDate, false): .secretsByChangeDescending
        case (.lastAccessedDate, true): .secretsByAccessAscending
        case (.lastAccessedDate, false): .secretsByAccessDescending
        }
    }
}
