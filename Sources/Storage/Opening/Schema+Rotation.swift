extension Schema {
    /// How secrets are rotated, and the rotations that are going on.
    static let rotation = """
        -- The rotation window that comes next is kept, because it may have passed unused.
        CREATE TABLE rotation_configuration (
            secret_id INTEGER PRIMARY KEY REFERENCES secret (id) ON DELETE CASCADE,
            is_enabled INTEGER NOT NULL,
            lambda_arn TEXT,
            role_arn TEXT,
            -- JSON, as the API has it.
            metadata TEXT,
            has_rules INTEGER NOT NULL,
            automatically_after_days INTEGER,
            duration TEXT,
            schedule_expression TEXT,
            rules_set_at INTEGER,
            last_rotated_at INTEGER,
            value_changed_at INTEGER,
            window_opens_at INTEGER,
            window_closes_at INTEGER,
            CHECK ((window_opens_at IS NULL) = (window_closes_at IS NULL))
        ) STRICT;
        CREATE INDEX rotation_configuration_by_window
            ON rotation_configuration (window_opens_at) WHERE window_opens_at IS NOT NULL;

        -- A row while it goes on. `step` comes next, at `due_at`.
        CREATE TABLE rotation (
            secret_id INTEGER PRIMARY KEY REFERENCES secret (id) ON DELETE CASCADE,
            version_id TEXT NOT NULL,
            token TEXT NOT NULL,
            is_test INTEGER NOT NULL,
            step TEXT NOT NULL,
            failures INTEGER NOT NULL,
            due_at INTEGER
        ) STRICT;
        CREATE INDEX rotation_by_due_date ON rotation (due_at) WHERE due_at IS NOT NULL;

        """

    /// When the steps of a rotation that goes on were over.
    static let rotationSteps = """
        ALTER TABLE rotation ADD COLUMN created_at INTEGER;
        ALTER TABLE rotation ADD COLUMN set_at INTEGER;
        ALTER TABLE rotation ADD COLUMN tested_at INTEGER;

        """
}
