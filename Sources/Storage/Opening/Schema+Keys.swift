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

    /// A new key of a secret opens its versions beside the keys that they are under.
    static let versionKeys = """
        -- The first key of a version is in its own row.
        CREATE TABLE version_key (
            secret_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            version_id TEXT NOT NULL,
            position INTEGER NOT NULL,
            kms_key_id TEXT NOT NULL,
            key_encryption_key_id INTEGER NOT NULL REFERENCES key_encryption_key (id),
            wrapped_data_key BLOB NOT NULL,
            PRIMARY KEY (secret_id, version_id, position),
            FOREIGN KEY (secret_id, version_id)
                REFERENCES version (secret_id, id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        -- Whether a replica waits for somebody who may copy the values that it lacks.
        ALTER TABLE replica ADD COLUMN is_behind INTEGER NOT NULL DEFAULT 0;

        """
}
