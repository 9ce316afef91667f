extension Schema {
    /// KMS keys, whose material is in `key_encryption_key`, under their key id.
    static let keys = """
        -- A deleted key stays with its id and nothing else: what it sealed is lost, not unknown.
        CREATE TABLE kms_key (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            key_id TEXT NOT NULL,
            state TEXT NOT NULL,
            description TEXT NOT NULL,
            policy TEXT NOT NULL,
            is_aws_managed INTEGER NOT NULL,
            is_multi_region INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            deletion_date INTEGER,
            rotation_period INTEGER,
            rotation_enabled_at INTEGER,
            UNIQUE (account, region, key_id),
            CHECK ((deletion_date IS NULL) = (state <> 'PendingDeletion')),
            CHECK ((rotation_period IS NULL) = (rotation_enabled_at IS NULL))
        ) STRICT;
        CREATE INDEX kms_key_by_deletion ON kms_key (deletion_date, id)
            WHERE deletion_date IS NOT NULL;

        CREATE TABLE kms_alias (
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            kms_key INTEGER NOT NULL REFERENCES kms_key (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (account, region, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kms_alias_by_key ON kms_alias (kms_key, name);

        CREATE TABLE kms_tag (
            kms_key INTEGER NOT NULL REFERENCES kms_key (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (kms_key, position)
        ) STRICT, WITHOUT ROWID;

        """
}
