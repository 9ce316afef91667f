extension Query {
    private static let keyColumns = """
        k.id, k.account, k.region, k.key_id, k.state, k.description, k.is_aws_managed,
        k.is_multi_region, k.created_at, k.deletion_date, k.rotation_period, k.rotation_enabled_at
        """

    private static let aliasColumns =
        "a.name, a.account, a.region, k.key_id, a.created_at, a.updated_at"

    /// KMS keys, as callers know them.
    static let keyTexts: [Query: String] = [
        .kmsKeyByID: """
        SELECT \(keyColumns) FROM kms_key AS k
        WHERE k.account = ?1 AND k.region = ?2 AND k.key_id = ?3
        """,
        .kmsKeyByAlias: """
        SELECT \(keyColumns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
        WHERE a.account = ?1 AND a.region = ?2 AND a.name = ?3
        """,
        .kmsKeys: """
        SELECT \(keyColumns) FROM kms_key AS k
        WHERE k.account = ?1 AND k.region = ?2 AND k.key_id > ?3 AND k.state <> 'Deleted'
        ORDER BY k.key_id LIMIT ?4
        """,
        .anyKMSKey: """
        SELECT 1 FROM kms_key WHERE account = ?1 AND region = ?2 AND is_aws_managed = 0 LIMIT 1
        """,
        .nextKMSKeyToDelete: """
        SELECT \(keyColumns) FROM kms_key AS k
        WHERE k.deletion_date IS NOT NULL ORDER BY k.deletion_date, k.id LIMIT 1
        """,
        .insertKMSKey: """
        INSERT INTO kms_key (account, region, key_id, state, description, policy, is_aws_managed,
            is_multi_region, created_at, rotation_period, rotation_enabled_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        .updateKMSKey: """
        UPDATE kms_key SET state = ?2, description = ?3, deletion_date = ?4, rotation_period = ?5,
            rotation_enabled_at = ?6
        WHERE id = ?1
        """,
        .forgetKMSKey: """
        UPDATE kms_key SET state = 'Deleted', description = '', policy = '', deletion_date = NULL,
            rotation_period = NULL, rotation_enabled_at = NULL
        WHERE id = ?1
        """,
        .deleteKMSKeysOfAccount: "DELETE FROM kms_key WHERE account = ?1",
        .deleteEveryKMSKey: "DELETE FROM kms_key",
        .kmsKeyPolicy: "SELECT policy FROM kms_key WHERE id = ?1",
        .setKMSKeyPolicy: "UPDATE kms_key SET policy = ?2 WHERE id = ?1",
        .kmsAlias: """
        SELECT \(aliasColumns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
        WHERE a.account = ?1 AND a.region = ?2 AND a.name = ?3
        """,
        .kmsAliases: """
        SELECT \(aliasColumns) FROM kms_alias AS a JOIN kms_key AS k ON k.id = a.kms_key
        WHERE a.account = ?1 AND a.region = ?2 AND a.name > ?3
        ORDER BY a.name LIMIT ?4
        """,
        .kmsAliasesOfKey: """
        SELECT \(aliasColumns) FROM kms_key AS k JOIN kms_alias AS a ON a.kms_key = k.id
        WHERE k.id = ?1 ORDER BY a.name
        """,
        .setKMSAlias: """
        INSERT OR REPLACE INTO kms_alias (account, region, name, kms_key, created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        .deleteKMSAlias: """
        DELETE FROM kms_alias WHERE account = ?1 AND region = ?2 AND name = ?3
        """,
        .deleteKMSAliasesOfKey: "DELETE FROM kms_alias WHERE kms_key = ?1",
        .kmsTags: "SELECT key, value FROM kms_tag WHERE kms_key = ?1 ORDER BY position",
        .insertKMSTag: """
        INSERT INTO kms_tag (kms_key, position, key, value) VALUES (?1, ?2, ?3, ?4)
        """,
        .deleteKMSTags: "DELETE FROM kms_tag WHERE kms_key = ?1",
    ]
}
