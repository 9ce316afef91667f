extension Query {
    /// A version with everything that opens it, a row for each of its labels; the first row is
    /// enough for a version without.
    private static let sealedColumns = """
        v.id, v.created_at, v.last_accessed_at, v.kms_key_id, v.key_encryption_key_id,
        v.wrapped_data_key, v.value_kind, v.envelope, l.label, k.state
        """

    /// The KMS key that a version is under, if CreateKey made it.
    private static let key = """
        LEFT JOIN key_encryption_key AS e ON e.id = v.key_encryption_key_id
        LEFT JOIN kms_key AS k
            ON k.account = e.account AND k.region = e.region AND k.key_id = e.kms_key_id
        """

    static let versionTexts: [Query: String] = [
        .versions: """
        SELECT id, created_at, last_accessed_at, kms_key_id, envelope IS NOT NULL FROM version
        WHERE secret_id = ?1 ORDER BY number
        """,
        .versionByID: """
        SELECT \(sealedColumns) FROM version AS v
        LEFT JOIN staging_label AS l ON l.secret_id = ?1 AND l.version_id = ?2
        \(key)
        WHERE v.secret_id = ?1 AND v.id = ?2 ORDER BY l.label
        """,
        .versionByLabel: """
        SELECT \(sealedColumns) FROM staging_label AS asked
        JOIN version AS v ON v.secret_id = asked.secret_id AND v.id = asked.version_id
        JOIN staging_label AS l ON l.secret_id = asked.secret_id AND l.version_id = asked.version_id
        \(key)
        WHERE asked.secret_id = ?1 AND asked.label = ?2 ORDER BY l.label
        """,
        .insertVersion: """
        INSERT INTO version (secret_id, id, created_at, kms_key_id, key_encryption_key_id,
            wrapped_data_key, value_kind, envelope)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        .sealVersion: """
        UPDATE version SET kms_key_id = ?3, key_encryption_key_id = ?4, wrapped_data_key = ?5,
            value_kind = ?6, envelope = ?7
        WHERE secret_id = ?1 AND id = ?2
        """,
        .noteVersionAccess: """
        UPDATE version SET last_accessed_at = ?3 WHERE secret_id = ?1 AND id = ?2
        """,
        .deleteVersion: "DELETE FROM version WHERE secret_id = ?1 AND id = ?2",
        .stagingLabels: "SELECT label, version_id FROM staging_label WHERE secret_id = ?1",
        .insertStagingLabel: """
        INSERT INTO staging_label (secret_id, label, version_id) VALUES (?1, ?2, ?3)
        """,
        .deleteStagingLabels: "DELETE FROM staging_label WHERE secret_id = ?1",
    ]
}
