extension Query {
    private static let auditColumns = """
        time, request_id, event_source, event_name, account, region, principal_arn, access_key_id,
        source_address, user_agent, secret_arn, request_parameters, error_code, error_message,
        is_read_only, decision, principal_id
        """

    /// Keys, counts and the audit trail.
    static let vaultTexts: [Query: String] = [
        .keyByID:
            "SELECT account, region, kms_key_id, wrapped FROM key_encryption_key WHERE id = ?1",
        .keyByName: """
        SELECT id, wrapped FROM key_encryption_key
        WHERE account = ?1 AND region = ?2 AND kms_key_id = ?3
        """,
        .insertKey: """
        INSERT INTO key_encryption_key (account, region, kms_key_id, wrapped)
        VALUES (?1, ?2, ?3, ?4)
        """,
        // In place, so that secure_delete has nothing to be trusted with.
        .destroyKey: """
        UPDATE key_encryption_key SET wrapped = zeroblob(length(wrapped)) WHERE id = ?1
        """,
        .metaValue: "SELECT value FROM meta WHERE name = ?1",
        .insertMetaValue: "INSERT INTO meta (name, value) VALUES (?1, ?2)",
        .setMetaValue: "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)",
        .deleteMetaValue: "DELETE FROM meta WHERE name = ?1",
        .tallies: "SELECT number FROM tally WHERE name = ?1",
        .appendAudit: """
        INSERT INTO audit (\(auditColumns), chain_hash)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
            ?18)
        """,
        .auditBefore: """
        SELECT \(auditColumns), sequence FROM audit WHERE sequence < ?2
        ORDER BY sequence DESC LIMIT ?1
        """,
        .auditAfter: """
        SELECT \(auditColumns), sequence FROM audit WHERE sequence > ?2 ORDER BY sequence LIMIT ?1
        """,
        .auditChain: """
        SELECT \(auditColumns), sequence, chain_hash FROM audit WHERE sequence > ?1
        ORDER BY sequence
        """,
        .auditHash: "SELECT chain_hash FROM audit WHERE sequence = ?1",
        .auditEnd: "SELECT max(sequence) FROM audit WHERE sequence > 0",
        .auditUpTo: "SELECT sequence FROM audit WHERE sequence <= ?1 LIMIT 1",
        .oldestAudit: """
        SELECT time FROM audit
        WHERE sequence > 0 AND sequence < (SELECT max(sequence) FROM audit)
        ORDER BY sequence LIMIT 1
        """,
        .firstAuditSince: """
        SELECT sequence FROM audit WHERE sequence > 0 AND time >= ?1 ORDER BY sequence LIMIT 1
        """,
        .trimAudit: "DELETE FROM audit WHERE sequence <= ?1",
    ]
}
