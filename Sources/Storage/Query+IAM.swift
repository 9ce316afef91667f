extension Query {
    private static let principalColumns = """
        p.id, p.account, p.kind, p.name, p.path, p.unique_id, p.created_at, p.description,
        p.trust_policy, p.max_session_seconds, p.boundary_arn
        """

    private static let managedPolicyColumns = """
        id, account, name, path, unique_id, description, created_at, updated_at, default_version,
        last_version
        """

    /// Users, roles, and what they hold.
    static let principalTexts: [Query: String] = [
        .principalByName: """
        SELECT \(principalColumns) FROM iam_principal AS p
        WHERE p.account = ?1 AND p.kind = ?2 AND p.folded_name = ?3
        """,
        .principalByID: "SELECT \(principalColumns) FROM iam_principal AS p WHERE p.id = ?1",
        .principals: """
        SELECT \(principalColumns) FROM iam_principal AS p
        WHERE p.account = ?1 AND p.kind = ?2 AND p.folded_name > ?3
        ORDER BY p.folded_name LIMIT ?4
        """,
        .principalsByPolicy: """
        SELECT \(principalColumns) FROM iam_attachment AS a
        JOIN iam_principal AS p ON p.id = a.principal
        WHERE a.policy_arn = ?1 AND p.account = ?2 ORDER BY a.principal
        """,
        .principalsByBoundary: """
        SELECT \(principalColumns) FROM iam_principal AS p
        WHERE p.boundary_arn = ?1 AND p.account = ?2 ORDER BY p.name
        """,
        .insertPrincipal: """
        INSERT INTO iam_principal (account, kind, folded_name, name, path, unique_id, created_at,
            description, trust_policy, max_session_seconds, boundary_arn)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        .updatePrincipal: """
        UPDATE iam_principal SET folded_name = ?2, name = ?3, path = ?4, description = ?5,
            trust_policy = ?6, max_session_seconds = ?7, boundary_arn = ?8
        WHERE id = ?1
        """,
        .deletePrincipal: "DELETE FROM iam_principal WHERE id = ?1",
        .deletePrincipalsOfAccount: "DELETE FROM iam_principal WHERE account = ?1",
        .deleteEveryPrincipal: "DELETE FROM iam_principal",

        .principalTags: """
        SELECT key, value FROM iam_principal_tag WHERE principal = ?1 ORDER BY position
        """,
        .insertPrincipalTag: """
        INSERT INTO iam_principal_tag (principal, position, key, value) VALUES (?1, ?2, ?3, ?4)
        """,
        .deletePrincipalTags: "DELETE FROM iam_principal_tag WHERE principal = ?1",

        .inlinePolicies: """
        SELECT name, document FROM iam_inline_policy WHERE principal = ?1 ORDER BY name
        """,
        .setInlinePolicy: """
        INSERT OR REPLACE INTO iam_inline_policy (principal, name, document) VALUES (?1, ?2, ?3)
        """,
        .deleteInlinePolicy: "DELETE FROM iam_inline_policy WHERE principal = ?1 AND name = ?2",

        .attachments: """
        SELECT policy_arn FROM iam_attachment WHERE principal = ?1 ORDER BY id
        """,
        .attach: """
        INSERT OR IGNORE INTO iam_attachment (principal, policy_arn) VALUES (?1, ?2)
        """,
        .detach: "DELETE FROM iam_attachment WHERE principal = ?1 AND policy_arn = ?2",

        .accessKeys: """
        SELECT id, account, principal, is_active, created_at, secret FROM iam_access_key
        WHERE principal IS ?1 AND account = ?2 ORDER BY created_at
        """,
        .accessKeyByID: """
        SELECT id, account, principal, is_active, created_at, secret FROM iam_access_key
        WHERE id = ?1
        """,
        .anyAccessKey: "SELECT 1 FROM iam_access_key WHERE account > '' LIMIT 1",
        .insertAccessKey: """
        INSERT INTO iam_access_key (id, account, principal, is_active, created_at, secret)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """,
        .updateAccessKey: "UPDATE iam_access_key SET is_active = ?2 WHERE id = ?1",
        .deleteAccessKey: "DELETE FROM iam_access_key WHERE id = ?1",
        .deleteAccessKeysOfAccount: "DELETE FROM iam_access_key WHERE account = ?1",
        .deleteEveryAccessKey: "DELETE FROM iam_access_key",
    ]

    /// Policies that stand by themselves.
    static let managedPolicyTexts: [Query: String] = [
        .managedPolicyByARN: "SELECT \(managedPolicyColumns) FROM iam_policy WHERE arn = ?1",
        .managedPolicyByName: """
        SELECT \(managedPolicyColumns) FROM iam_policy WHERE account = ?1 AND folded_name = ?2
        """,
        .managedPolicies: """
        SELECT \(managedPolicyColumns) FROM iam_policy
        WHERE account = ?1 AND folded_name > ?2 ORDER BY folded_name LIMIT ?3
        """,
        .insertManagedPolicy: """
        INSERT INTO iam_policy (account, folded_name, name, path, arn, unique_id, description,
            created_at, updated_at, default_version, last_version)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """,
        .updateManagedPolicy: """
        UPDATE iam_policy SET updated_at = ?2, default_version = ?3, last_version = ?4
        WHERE id = ?1
        """,
        .deleteManagedPolicy: "DELETE FROM iam_policy WHERE id = ?1",
        .deleteManagedPoliciesOfAccount: "DELETE FROM iam_policy WHERE account = ?1",
        .deleteEveryManagedPolicy: "DELETE FROM iam_policy",
        .policyVersions: """
        SELECT number, document, created_at FROM iam_policy_version
        WHERE policy = ?1 ORDER BY number DESC
        """,
        .defaultPolicyVersion: """
        SELECT v.document FROM iam_policy AS p
        JOIN iam_policy_version AS v ON v.policy = p.id AND v.number = p.default_version
        WHERE p.arn = ?1
        """,
        .insertPolicyVersion: """
        INSERT INTO iam_policy_version (policy, number, document, created_at)
        VALUES (?1, ?2, ?3, ?4)
        """,
        .deletePolicyVersion: "DELETE FROM iam_policy_version WHERE policy = ?1 AND number = ?2",
        .policyTags: """
        SELECT key, value FROM iam_policy_tag WHERE policy = ?1 ORDER BY position
        """,
        .insertPolicyTag: """
        INSERT INTO iam_policy_tag (policy, position, key, value) VALUES (?1, ?2, ?3, ?4)
        """,
        .deletePolicyTags: "DELETE FROM iam_policy_tag WHERE policy = ?1",
    ]
}
