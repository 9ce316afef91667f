internal import Notation

extension Schema {
    /// Users, roles, their policies and access keys.
    static let principals = """
        -- AUTOINCREMENT, so that a key of a deleted user never becomes another one's.
        CREATE TABLE iam_principal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            kind TEXT NOT NULL,
            -- The name in lower case: names differ by more than case.
            folded_name TEXT NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            unique_id TEXT NOT NULL UNIQUE,
            created_at INTEGER NOT NULL,
            description TEXT,
            trust_policy TEXT,
            max_session_seconds INTEGER NOT NULL,
            boundary_arn TEXT,
            UNIQUE (account, kind, folded_name)
        ) STRICT;
        CREATE INDEX iam_principal_by_boundary ON iam_principal (boundary_arn, account, name)
            WHERE boundary_arn IS NOT NULL;

        CREATE TABLE iam_principal_tag (
            principal INTEGER NOT NULL REFERENCES iam_principal (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (principal, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE iam_inline_policy (
            principal INTEGER NOT NULL REFERENCES iam_principal (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            document TEXT NOT NULL,
            PRIMARY KEY (principal, name)
        ) STRICT, WITHOUT ROWID;

        -- By ARN, because the policies of AWS have no rows.
        CREATE TABLE iam_attachment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            principal INTEGER NOT NULL REFERENCES iam_principal (id) ON DELETE CASCADE,
            policy_arn TEXT NOT NULL,
            UNIQUE (principal, policy_arn)
        ) STRICT;
        CREATE INDEX iam_attachment_by_principal ON iam_attachment (principal, id);
        CREATE INDEX iam_attachment_by_policy ON iam_attachment (policy_arn, principal);

        CREATE TABLE iam_policy (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            folded_name TEXT NOT NULL,
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            arn TEXT NOT NULL UNIQUE,
            unique_id TEXT NOT NULL UNIQUE,
            description TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            default_version INTEGER NOT NULL,
            last_version INTEGER NOT NULL,
            UNIQUE (account, folded_name)
        ) STRICT;

        CREATE TABLE iam_policy_version (
            policy INTEGER NOT NULL REFERENCES iam_policy (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            document TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (policy, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE iam_policy_tag (
            policy INTEGER NOT NULL REFERENCES iam_policy (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (policy, position)
        ) STRICT, WITHOUT ROWID;

        -- Without a principal it is the root's. The secret is sealed.
        CREATE TABLE iam_access_key (
            id TEXT NOT NULL PRIMARY KEY,
            account TEXT NOT NULL,
            principal INTEGER REFERENCES iam_principal (id) ON DELETE CASCADE,
            secret BLOB NOT NULL,
            is_active INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX iam_access_key_by_account ON iam_access_key (account, principal, created_at);

        """

    static let decisions = """
        -- What policies have against a call, and the unique id of who made it.
        ALTER TABLE audit ADD COLUMN decision TEXT;
        ALTER TABLE audit ADD COLUMN principal_id TEXT;

        """

    static let partitions = """
        -- The partition of the region that it was made at, as its ARN begins.
        ALTER TABLE iam_principal ADD COLUMN partition TEXT NOT NULL DEFAULT 'aws';
        ALTER TABLE iam_policy ADD COLUMN partition TEXT NOT NULL DEFAULT 'aws';

        """

    static let accountAliases = """
        -- The name of an account, which no other account has.
        CREATE TABLE iam_account_alias (
            account TEXT NOT NULL PRIMARY KEY,
            alias TEXT NOT NULL UNIQUE
        ) STRICT, WITHOUT ROWID;

        """
}
