internal import AWS
internal import JSON
internal import Notation

/// The services of ECS.
enum ECSServiceTable: Int, StatementList {
    case byName, page, insert, update, delete

    enum Columns: Int, RowColumns {
        case id, cluster, name, status, desiredCount, taskDefinition, request, document
        case createdBy, createdAt
    }

    static let table = Table.ecsService

    var sql: String {
        switch self {
        case .byName: "SELECT \(Columns.list) FROM ecs_service WHERE cluster = ?1 AND name = ?2"
        case .page:
            """
            SELECT \(Columns.list) FROM ecs_service
            WHERE cluster = ?1 AND name > ?2 AND status = 'ACTIVE' ORDER BY name LIMIT ?3
            """
        case .insert: "INSERT INTO ecs_service \(Columns.values(without: .id))"
        case .update:
            """
            UPDATE ecs_service SET \(ECSServiceTable.changes) WHERE id = \(Columns.id.parameter)
            """
        case .delete: "DELETE FROM ecs_service WHERE cluster = ?1 AND name = ?2"
        }
    }

    private static let changes = Columns.assignments(
        .status,
        .desiredCount,
        .taskDefinition,
        .document
    )
}

extension SQLiteTransaction {
    // MARK: Reading

    func ecsService(_ name: String, in cluster: ECSCluster) throws(APIError) -> ECSService? {
        try translatingErrors {
            let row = try statement(ECSServiceTable.byName)
            try row.bind(1, cluster.id)
            try row.bind(2, name)
            return try row.step() ? try service(in: row, of: cluster) : nil
        }
    }

    func ecsServices(
        in cluster: ECSCluster,
        after name: String,
        limit: Int
    ) throws(APIError) -> [ECSService] {
        try translatingErrors {
            let rows = try statement(ECSServiceTable.page)
            try rows.bind(1, cluster.id)
            try rows.bind(2, name)
            try rows.bind(3, Int64(limit))
            var services: [ECSService] = []
            while try rows.step() { services.append(try service(in: rows, of: cluster)) }
            return services
        }
    }

    private func service(
        in row: borrowing Statement<ECSServiceTable.Columns>,
        of cluster: ECSCluster
    ) throws -> ECSService {
        guard let status = ECSService.Status(rawValue: row.text(.status)) else {
            throw APIError.internalServiceError(cause: "no status of a service")
        }
        return ECSService(
            id: row.integer(.id),
            cluster: cluster,
            name: row.text(.name),
            status: status,
            desiredCount: row.integer(.desiredCount),
            taskDefinition: row.text(.taskDefinition),
            request: row.document(.request),
            document: row.document(.document),
            createdBy: row.text(.createdBy),
            createdAt: row.timestamp(.createdAt)
        )
    }

    // MARK: Writing

    func insert(_ service: ECSService) throws(APIError) -> ECSService {
        try translatingErrors {
            let deletion = try statement(ECSServiceTable.delete)
            try deletion.bind(1, service.cluster.id)
            try deletion.bind(2, service.name)
            try deletion.run()
            let insertion = try statement(ECSServiceTable.insert)
            try insertion.bind(.cluster, service.cluster.id)
            try insertion.bind(.name, service.name)
            try insertion.bind(.status, service.status.rawValue)
            try insertion.bind(.desiredCount, service.desiredCount)
            try insertion.bind(.taskDefinition, service.taskDefinition)
            try insertion.bind(.request, service.request.jsonText())
            try insertion.bind(.document, service.document.jsonText())
            try insertion.bind(.createdBy, service.createdBy)
            try insertion.bind(.createdAt, service.createdAt)
            try insertion.run()
            var inserted = service
            inserted.id = connection.insertedRowID
            return inserted
        }
    }

    func update(_ service: ECSService) throws(APIError) {
        try translatingErrors {
            let update = try statement(ECSServiceTable.update)
            try update.bind(.id, service.id)
            try update.bind(.status, service.status.rawValue)
            try update.bind(.desiredCount, service.desiredCount)
            try update.bind(.taskDefinition, service.taskDefinition)
            try update.bind(.document, service.document.jsonText())
            try update.run()
        }
    }
}
