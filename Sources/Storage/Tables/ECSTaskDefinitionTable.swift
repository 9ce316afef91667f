internal import AWS
internal import JSON
internal import Notation

/// The task definitions of ECS.
enum ECSTaskDefinitionTable: Int, StatementList {
    case byRevision, newest, lastRevision
    case upwards, downwards, upwardsOfFamily, downwardsOfFamily
    case insert, deregister

    enum Columns: Int, RowColumns {
        case id, account, region, family, revision, document, registeredBy, registeredAt
        case deregisteredAt
    }

    static let table = Table.ecsTaskDefinition

    var sql: String {
        let ofFamily = """
            SELECT \(Columns.list) FROM ecs_task_definition
            WHERE account = ?1 AND region = ?2 AND family = ?3
            """
        return switch self {
        case .byRevision: "\(ofFamily) AND revision = ?4"
        case .newest:
            "\(ofFamily) AND deregistered_at IS NULL ORDER BY revision DESC LIMIT 1"
        case .lastRevision:
            """
            SELECT max(revision) FROM ecs_task_definition
            WHERE account = ?1 AND region = ?2 AND family = ?3
            """
        case .upwards: ECSTaskDefinitionTable.page(">", "")
        case .downwards: ECSTaskDefinitionTable.page("<", " DESC")
        case .upwardsOfFamily:
            "\(ofFamily) AND revision > ?4 \(ECSTaskDefinitionTable.status) ORDER BY revision LIMIT ?6"
        case .downwardsOfFamily:
            """
            \(ofFamily) AND revision < ?4 \(ECSTaskDefinitionTable.status)
            ORDER BY revision DESC LIMIT ?6
            """
        case .insert: "INSERT INTO ecs_task_definition \(Columns.values(without: .id))"
        case .deregister: "UPDATE ecs_task_definition SET deregistered_at = ?2 WHERE id = ?1"
        }
    }

    private static let status = "AND (deregistered_at IS NULL) = ?5"

    /// A page of all families, from a place on.
    private static func page(_ comparison: String, _ order: String) -> String {
        """
        SELECT \(Columns.list) FROM ecs_task_definition
        WHERE account = ?1 AND region = ?2 AND (family, revision) \(comparison) (?3, ?4) \(status)
        ORDER BY family\(order), revision\(order) LIMIT ?6
        """
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func ecsTaskDefinition(
        _ family: String,
        _ revision: Int64,
        in scope: Scope
    ) throws(APIError) -> ECSTaskDefinition? {
        try translatingErrors {
            let row = try statement(ECSTaskDefinitionTable.byRevision)
            try row.bind(1, scope)
            try row.bind(3, family)
            try row.bind(4, revision)
            return try row.step() ? taskDefinition(in: row, of: scope) : nil
        }
    }

    func ecsTaskDefinition(
        newestOf family: String,
        in scope: Scope
    ) throws(APIError) -> ECSTaskDefinition? {
        try translatingErrors {
            let row = try statement(ECSTaskDefinitionTable.newest)
            try row.bind(1, scope)
            try row.bind(3, family)
            return try row.step() ? taskDefinition(in: row, of: scope) : nil
        }
    }

    func ecsLastRevision(of family: String, in scope: Scope) throws(APIError) -> Int64 {
        try translatingErrors {
            let row = try statement(ECSTaskDefinitionTable.lastRevision)
            try row.bind(1, scope)
            try row.bind(3, family)
            return try row.step() ? row.integer(at: 0) : 0
        }
    }

    func ecsTaskDefinitions(
        _ listing: TaskDefinitionListing,
        after place: TaskDefinitionListing.Place?,
        limit: Int
    ) throws(APIError) -> [ECSTaskDefinition] {
        let statements: (upwards: ECSTaskDefinitionTable, downwards: ECSTaskDefinitionTable) =
            listing.family == nil
            ? (.upwards, .downwards) : (.upwardsOfFamily, .downwardsOfFamily)
        // Before the first of them, or after the last: no family has letters beyond ASCII.
        let end = listing.isAscending ? "" : "\u{7F}"
        return try translatingErrors {
            let rows = try statement(
                listing.isAscending ? statements.upwards : statements.downwards
            )
            try rows.bind(1, listing.scope)
            try rows.bind(3, listing.family ?? place?.family ?? end)
            try rows.bind(4, place?.revision ?? (listing.isAscending ? 0 : .max))
            try rows.bind(5, listing.isActive)
            try rows.bind(6, Int64(limit))
            var definitions: [ECSTaskDefinition] = []
            while try rows.step() {
                definitions.append(taskDefinition(in: rows, of: listing.scope))
            }
            return definitions
        }
    }

    private func taskDefinition(
        in row: borrowing Statement<ECSTaskDefinitionTable.Columns>,
        of scope: Scope
    ) -> ECSTaskDefinition {
        ECSTaskDefinition(
            id: row.integer(.id),
            scope: scope,
            family: row.text(.family),
            revision: row.integer(.revision),
            document: row.document(.document),
            registeredBy: row.text(.registeredBy),
            registeredAt: row.timestamp(.registeredAt),
            deregisteredAt: row.optionalTimestamp(.deregisteredAt)
        )
    }

    // MARK: Writing

    func insert(_ definition: ECSTaskDefinition) throws(APIError) -> ECSTaskDefinition {
        try translatingErrors {
            let insertion = try statement(ECSTaskDefinitionTable.insert)
            try insertion.bind(.account, definition.scope.account)
            try insertion.bind(.region, definition.scope.region)
            try insertion.bind(.family, definition.family)
            try insertion.bind(.revision, definition.revision)
            try insertion.bind(.document, definition.document.jsonText())
            try insertion.bind(.registeredBy, definition.registeredBy)
            try insertion.bind(.registeredAt, definition.registeredAt)
            try insertion.run()
            var inserted = definition
            inserted.id = connection.insertedRowID
            return inserted
        }
    }

    func deregister(
        _ definition: ECSTaskDefinition,
        at time: Timestamp
    ) throws(APIError) {
        try translatingErrors {
            let update = try statement(ECSTaskDefinitionTable.deregister)
            try update.bind(1, definition.id)
            try update.bind(2, time.milliseconds)
            try update.run()
        }
    }
}
