extension Schema {
    /// Clusters, services and task definitions of ECS; documents are requests as they were sent.
    static let containers = """
        CREATE TABLE ecs_cluster (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            document TEXT NOT NULL,
            UNIQUE (account, region, name)
        ) STRICT;

        -- A deleted service stays until another takes its name.
        CREATE TABLE ecs_service (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            cluster INTEGER NOT NULL REFERENCES ecs_cluster (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            status TEXT NOT NULL,
            desired_count INTEGER NOT NULL,
            task_definition TEXT NOT NULL,
            request TEXT NOT NULL,
            document TEXT NOT NULL,
            created_by TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            UNIQUE (cluster, name)
        ) STRICT;

        -- The newest is at 0.
        CREATE TABLE ecs_deployment (
            service INTEGER NOT NULL REFERENCES ecs_service (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            id TEXT NOT NULL,
            is_primary INTEGER NOT NULL,
            task_definition TEXT NOT NULL,
            desired_count INTEGER NOT NULL,
            is_completed INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (service, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ecs_event (
            service INTEGER NOT NULL REFERENCES ecs_service (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            message TEXT NOT NULL,
            PRIMARY KEY (service, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE ecs_task_definition (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            family TEXT NOT NULL,
            revision INTEGER NOT NULL,
            document TEXT NOT NULL,
            registered_by TEXT NOT NULL,
            registered_at INTEGER NOT NULL,
            deregistered_at INTEGER,
            UNIQUE (account, region, family, revision)
        ) STRICT;

        """
}
