extension Schema {
    /// What KMS keys seal with, and who may use them by a grant.
    static let keyMaterials = """
        -- One for each rotation; the first material of a key is its key-encryption key of before.
        CREATE TABLE kms_key_material (
            kms_key INTEGER NOT NULL REFERENCES kms_key (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            material_id TEXT NOT NULL,
            rotation_type TEXT,
            started_at INTEGER,
            ended_at INTEGER,
            -- NULL until the vault is opened that was without materials: SQL cannot make keys.
            key_encryption_key_id INTEGER REFERENCES key_encryption_key (id),
            PRIMARY KEY (kms_key, number),
            CHECK ((rotation_type IS NULL) = (started_at IS NULL)),
            CHECK ((rotation_type IS NULL) = (ended_at IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kms_key_material_unmade ON kms_key_material (kms_key)
            WHERE key_encryption_key_id IS NULL;

        INSERT INTO kms_key_material (kms_key, number, material_id, key_encryption_key_id)
        SELECT k.id, 1, lower(hex(randomblob(32))), e.id
        FROM kms_key AS k LEFT JOIN key_encryption_key AS e
            ON e.account = k.account AND e.region = k.region AND e.kms_key_id = k.key_id
        WHERE k.state <> 'Deleted';

        -- Rotations come about by themselves.
        CREATE INDEX kms_key_by_rotation
            ON kms_key (rotation_enabled_at + rotation_period * 86400000, id)
            WHERE rotation_period IS NOT NULL AND state = 'Enabled';

        CREATE TABLE kms_grant (
            kms_key INTEGER NOT NULL REFERENCES kms_key (id) ON DELETE CASCADE,
            grant_id TEXT NOT NULL,
            name TEXT,
            grantee TEXT NOT NULL,
            grantee_unique_id TEXT,
            retiring TEXT,
            retiring_unique_id TEXT,
            -- With a space between two.
            operations TEXT NOT NULL,
            constraints TEXT NOT NULL,
            issuing_account TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (kms_key, grant_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX kms_grant_by_grantee ON kms_grant (kms_key, grantee, grant_id);
        CREATE INDEX kms_grant_by_retiring ON kms_grant (retiring, grant_id)
            WHERE retiring IS NOT NULL;

        """
}
