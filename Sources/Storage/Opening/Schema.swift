internal import Notation

/// The tables, as a list of steps.
///
/// A step that was released is never edited: add another one.
enum Schema {
    /// "PVLT": tells a vault from any other SQLite database.
    static let applicationID: Int64 = 0x5056_4C54

    static let migrations = [
        Migration(version: 1, sql: [vault, secrets, versions, audit].joined()),
        Migration(version: 2, sql: purges),
        Migration(version: 3, sql: policies),
        Migration(version: 4, sql: rotation),
        Migration(version: 5, sql: replication),
        Migration(version: 6, sql: crossAccountReplication),
        Migration(version: 7, sql: keys),
        Migration(version: 8, sql: principals),
        Migration(version: 9, sql: decisions),
        Migration(version: 10, sql: partitions),
        Migration(version: 11, sql: containers),
        Migration(version: 12, sql: labelPositions),
        Migration(version: 13, sql: versionKeys),
        Migration(version: 14, sql: keyMaterials),
        Migration(version: 15, sql: trail),
        Migration(version: 16, sql: accountAliases),
        Migration(version: 17, sql: accounts),
        Migration(version: 18, sql: faults),
        Migration(version: 19, sql: blocks),
        Migration(version: 20, sql: rotationSteps),
        // Its rows are sealed by whoever has the key; a program that would not seal them keeps off.
        Migration(version: 21, sql: ""),
    ]

    /// The version from which on a vault's rows are sealed.
    static let firstSealed: Int64 = 21

    /// The newest version that this program knows.
    static var version: Int64 { migrations.last?.version ?? 0 }

    /// What concerns the vault as a whole.
    private static let vault = """
        -- The check value of the master key, and how a passphrase becomes one.
        CREATE TABLE meta (
            name TEXT NOT NULL PRIMARY KEY,
            value BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- How many rows a table has: counting a million takes longer than a health check may.
        CREATE TABLE tally (
            name TEXT NOT NULL PRIMARY KEY,
            number INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        INSERT INTO tally VALUES ('secret', 0), ('version', 0);

        -- Wrapped by the master key. Never deleted, so an id always means the same key.
        CREATE TABLE key_encryption_key (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            kms_key_id TEXT NOT NULL,
            wrapped BLOB NOT NULL,
            UNIQUE (account, region, kms_key_id)
        ) STRICT;

        """

    /// Dates are milliseconds since the epoch, UTC.
    private static let secrets = """
        -- AUTOINCREMENT, so that what refers to a deleted secret never meets another one.
        CREATE TABLE secret (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            arn TEXT NOT NULL,
            description TEXT NOT NULL,
            kms_key_id TEXT NOT NULL,
            type TEXT,
            owning_service TEXT,
            created_at INTEGER NOT NULL,
            last_changed_at INTEGER NOT NULL,
            -- 0 before the first read: rows are listed by it, and NULL has no place in an order.
            last_accessed_at INTEGER NOT NULL DEFAULT 0,
            deleted_at INTEGER,
            purge_at INTEGER,
            was_ever_tagged INTEGER NOT NULL DEFAULT 0,
            UNIQUE (account, region, name),
            -- The account is part of an ARN; a copy of the row under another account is not barred.
            UNIQUE (arn, account)
        ) STRICT;
        CREATE INDEX secret_by_creation ON secret (account, region, created_at);
        CREATE INDEX secret_by_change ON secret (account, region, last_changed_at);
        CREATE INDEX secret_by_access ON secret (account, region, last_accessed_at);

        CREATE TABLE tag (
            secret_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (secret_id, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER secret_added AFTER INSERT ON secret BEGIN
            UPDATE tally SET number = number + 1 WHERE name = 'secret';
        END;
        CREATE TRIGGER secret_removed AFTER DELETE ON secret BEGIN
            UPDATE tally SET number = number - 1 WHERE name = 'secret';
        END;

        """

    private static let versions = """
        -- `number` keeps the order of creation; `id` is the ClientRequestToken.
        CREATE TABLE version (
            number INTEGER PRIMARY KEY,
            secret_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            last_accessed_at INTEGER NOT NULL DEFAULT 0,
            kms_key_id TEXT NOT NULL,
            key_encryption_key_id INTEGER REFERENCES key_encryption_key (id),
            wrapped_data_key BLOB,
            value_kind INTEGER,
            envelope BLOB,
            UNIQUE (secret_id, id),
            -- All four, or none for the placeholder of a rotation.
            CHECK ((key_encryption_key_id IS NULL) = (envelope IS NULL)),
            CHECK ((wrapped_data_key IS NULL) = (envelope IS NULL)),
            CHECK ((value_kind IS NULL) = (envelope IS NULL))
        ) STRICT;

        -- The key puts a label on one version; the reference puts it on a version of this secret.
        CREATE TABLE staging_label (
            secret_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            label TEXT NOT NULL,
            version_id TEXT NOT NULL,
            PRIMARY KEY (secret_id, label),
            FOREIGN KEY (secret_id, version_id) REFERENCES version (secret_id, id)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER version_added AFTER INSERT ON version BEGIN
            UPDATE tally SET number = number + 1 WHERE name = 'version';
        END;
        CREATE TRIGGER version_removed AFTER DELETE ON version BEGIN
            UPDATE tally SET number = number - 1 WHERE name = 'version';
        END;

        """

    private static let audit = """
        -- No index but the sequence: two more would double the cost of every call.
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            request_id TEXT NOT NULL,
            event_source TEXT NOT NULL,
            event_name TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            principal_arn TEXT NOT NULL,
            access_key_id TEXT,
            source_address TEXT NOT NULL,
            user_agent TEXT,
            secret_arn TEXT,
            request_parameters TEXT,
            error_code TEXT,
            error_message TEXT,
            is_read_only INTEGER NOT NULL,
            -- Kept for a hash chain over the rows.
            chain_hash BLOB
        ) STRICT;

        """

    private static let trail = """
        -- What CloudTrail tells of a call besides: see AuditRecord.
        ALTER TABLE audit ADD COLUMN session_started_at INTEGER;
        ALTER TABLE audit ADD COLUMN invoked_by TEXT;
        ALTER TABLE audit ADD COLUMN response_elements TEXT;
        ALTER TABLE audit ADD COLUMN made_calls TEXT;

        """

    private static let faults = """
        -- The rule by which somebody had the call go wrong.
        ALTER TABLE audit ADD COLUMN fault TEXT;

        """

    private static let blocks = """
        -- The trail from here on: records that follow one another in one row, see AuditBlock. The
        -- columns before them are what they are found by.
        CREATE TABLE audit_block (
            first_sequence INTEGER PRIMARY KEY,
            last_sequence INTEGER NOT NULL,
            earliest_time INTEGER NOT NULL,
            latest_time INTEGER NOT NULL,
            kinds INTEGER NOT NULL,
            records BLOB NOT NULL
        ) STRICT;

        """

    private static let purges = """
        CREATE INDEX secret_by_purge ON secret (purge_at, id) WHERE purge_at IS NOT NULL;

        """

    /// AWS gives out the labels of a version in an order that depends on which came first.
    private static let labelPositions = """
        ALTER TABLE staging_label ADD COLUMN position INTEGER NOT NULL DEFAULT 0;

        """

    private static let policies = """
        -- As GetResourcePolicy answers it; the name is `default` for what callers attach.
        CREATE TABLE resource_policy (
            secret_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (secret_id, name)
        ) STRICT, WITHOUT ROWID;

        """

    private static let replication = """
        -- A replica is a secret of its own that goes with its primary.
        ALTER TABLE secret ADD COLUMN primary_id INTEGER REFERENCES secret (id) ON DELETE CASCADE;
        ALTER TABLE secret ADD COLUMN primary_region TEXT;
        CREATE INDEX secret_by_primary ON secret (primary_id) WHERE primary_id IS NOT NULL;

        -- What a primary knows of its replicas; the failure of one that could not be made.
        CREATE TABLE replica (
            primary_id INTEGER NOT NULL REFERENCES secret (id) ON DELETE CASCADE,
            region TEXT NOT NULL,
            kms_key_id TEXT NOT NULL,
            failure TEXT,
            PRIMARY KEY (primary_id, region)
        ) STRICT, WITHOUT ROWID;

        """

    private static let crossAccountReplication = """
        -- On a replica: its primary, and how it is doing.
        ALTER TABLE secret ADD COLUMN cross_account_primary_arn TEXT;
        ALTER TABLE secret ADD COLUMN cross_account_status TEXT;

        -- On a primary: its one replica, which may be gone.
        CREATE TABLE cross_account_replica (
            primary_id INTEGER PRIMARY KEY REFERENCES secret (id) ON DELETE CASCADE,
            replica_arn TEXT NOT NULL,
            role_arn TEXT,
            status TEXT NOT NULL
        ) STRICT;

        """
}
