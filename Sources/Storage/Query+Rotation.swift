extension Query {
    private static let configurationColumns = """
        is_enabled, lambda_arn, role_arn, metadata, has_rules, automatically_after_days, duration,
        schedule_expression, rules_set_at, last_rotated_at, value_changed_at, window_opens_at,
        window_closes_at
        """
    private static let rotationColumns =
        "version_id, token, is_test, step, failures, due_at"

    static let rotationTexts: [Query: String] = [
        .rotationConfiguration: """
        SELECT \(configurationColumns) FROM rotation_configuration WHERE secret_id = ?1
        """,
        .setRotationConfiguration: """
        INSERT OR REPLACE INTO rotation_configuration (secret_id, \(configurationColumns))
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """,
        .rotation: "SELECT \(rotationColumns) FROM rotation WHERE secret_id = ?1",
        .setRotation: """
        INSERT OR REPLACE INTO rotation (secret_id, \(rotationColumns))
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """,
        // Where a secret is scheduled for deletion, its rotation waits; a replica's is its
        // primary's.
        .nextRotation: """
        SELECT \(secretOfAnyScopeColumns), \(rotationColumns)
        FROM rotation JOIN secret ON secret.id = rotation.secret_id
        WHERE due_at IS NOT NULL AND deleted_at IS NULL ORDER BY due_at LIMIT 1
        """,
        .nextRotationWindow: """
        SELECT \(secretOfAnyScopeColumns), window_opens_at
        FROM rotation_configuration AS c JOIN secret ON secret.id = c.secret_id
        WHERE window_opens_at IS NOT NULL AND deleted_at IS NULL
            AND primary_id IS NULL AND cross_account_primary_arn IS NULL
            AND NOT EXISTS (SELECT 1 FROM rotation AS r WHERE r.secret_id = c.secret_id)
        ORDER BY window_opens_at LIMIT 1
        """,
        .deleteRotation: "DELETE FROM rotation WHERE secret_id = ?1",
    ]
}
