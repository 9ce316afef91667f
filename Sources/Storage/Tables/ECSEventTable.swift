internal import AWS

/// What happened to services; a service keeps its newest hundred.
enum ECSEventTable: Int, StatementList {
    case ofService, last, insert, deleteOld

    enum Columns: Int, RowColumns {
        case service, position, id, createdAt, message
    }

    static let table = Table.ecsEvent

    var sql: String {
        switch self {
        case .ofService:
            """
            SELECT \(Columns.list) FROM ecs_event
            WHERE service = ?1 ORDER BY position DESC LIMIT 100
            """
        case .last: "SELECT max(position) FROM ecs_event WHERE service = ?1"
        case .insert: "INSERT INTO ecs_event \(Columns.values())"
        case .deleteOld: "DELETE FROM ecs_event WHERE service = ?1 AND position <= ?2"
        }
    }
}

extension SQLiteTransaction {
    func ecsEvents(of service: ECSService) throws(APIError) -> [ECSServiceEvent] {
        try translatingErrors {
            let rows = try statement(ECSEventTable.ofService)
            try rows.bind(1, service.id)
            var events: [ECSServiceEvent] = []
            while try rows.step() {
                events.append(
                    ECSServiceEvent(
                        id: rows.text(.id),
                        createdAt: rows.timestamp(.createdAt),
                        message: rows.text(.message)
                    )
                )
            }
            return events
        }
    }

    func append(_ event: ECSServiceEvent, to service: ECSService) throws(APIError) {
        try translatingErrors {
            let position = try lastEvent(of: service) + 1
            let insertion = try statement(ECSEventTable.insert)
            try insertion.bind(.service, service.id)
            try insertion.bind(.position, position)
            try insertion.bind(.id, event.id)
            try insertion.bind(.createdAt, event.createdAt)
            try insertion.bind(.message, event.message)
            try insertion.run()
            let deletion = try statement(ECSEventTable.deleteOld)
            try deletion.bind(1, service.id)
            try deletion.bind(2, position - 100)
            try deletion.run()
        }
    }

    private func lastEvent(of service: ECSService) throws(SQLiteError) -> Int64 {
        let row = try statement(ECSEventTable.last)
        try row.bind(1, service.id)
        return try row.step() ? row.integer(at: 0) : 0
    }
}
