internal import AWS

/// The deployments of services, the newest at 0.
enum ECSDeploymentTable: Int, StatementList {
    case ofService, insert, deleteOfService

    enum Columns: Int, RowColumns {
        case service, position, id, isPrimary, taskDefinition, desiredCount, isCompleted
        case createdAt, updatedAt
    }

    static let table = Table.ecsDeployment

    var sql: String {
        switch self {
        case .ofService:
            "SELECT \(Columns.list) FROM ecs_deployment WHERE service = ?1 ORDER BY position"
        case .insert: "INSERT INTO ecs_deployment \(Columns.values())"
        case .deleteOfService: "DELETE FROM ecs_deployment WHERE service = ?1"
        }
    }
}

extension SQLiteTransaction {
    func ecsDeployments(of service: ECSService) throws(APIError) -> [ECSDeployment] {
        try translatingErrors {
            let rows = try statement(ECSDeploymentTable.ofService)
            try rows.bind(1, service.id)
            var deployments: [ECSDeployment] = []
            while try rows.step() {
                deployments.append(
                    ECSDeployment(
                        id: rows.text(.id),
                        isPrimary: rows.bool(.isPrimary),
                        taskDefinition: rows.text(.taskDefinition),
                        desiredCount: rows.integer(.desiredCount),
                        isCompleted: rows.bool(.isCompleted),
                        createdAt: rows.timestamp(.createdAt),
                        updatedAt: rows.timestamp(.updatedAt)
                    )
                )
            }
            return deployments
        }
    }

    func setDeployments(
        _ deployments: [ECSDeployment],
        of service: ECSService
    ) throws(APIError) {
        try translatingErrors {
            try run(ECSDeploymentTable.deleteOfService, service.id)
            for (position, deployment) in deployments.enumerated() {
                let insertion = try statement(ECSDeploymentTable.insert)
                try insertion.bind(.service, service.id)
                try insertion.bind(.position, Int64(position))
                try insertion.bind(.id, deployment.id)
                try insertion.bind(.isPrimary, deployment.isPrimary)
                try insertion.bind(.taskDefinition, deployment.taskDefinition)
                try insertion.bind(.desiredCount, deployment.desiredCount)
                try insertion.bind(.isCompleted, deployment.isCompleted)
                try insertion.bind(.createdAt, deployment.createdAt)
                try insertion.bind(.updatedAt, deployment.updatedAt)
                try insertion.run()
            }
        }
    }
}
