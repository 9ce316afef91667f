internal import AWS
internal import JSON
internal import Notation

/// The clusters of ECS.
enum ECSClusterTable: Int, StatementList {
    case byName, count, insert

    enum Columns: Int, RowColumns {
        case id, account, region, name, document
    }

    static let table = Table.ecsCluster

    var sql: String {
        switch self {
        case .byName:
            """
            SELECT \(Columns.list) FROM ecs_cluster
            WHERE account = ?1 AND region = ?2 AND name = ?3
            """
        case .count: "SELECT count(*) FROM ecs_cluster WHERE account = ?1 AND region = ?2"
        case .insert: "INSERT INTO ecs_cluster \(Columns.values(without: .id))"
        }
    }
}

extension SQLiteTransaction {
    func ecsCluster(_ name: String, in scope: Scope) throws(APIError) -> ECSCluster? {
        try translatingErrors {
            let row = try statement(ECSClusterTable.byName)
            try row.bind(1, scope)
            try row.bind(3, name)
            guard try row.step() else { return nil }
            return ECSCluster(
                id: row.integer(.id),
                scope: scope,
                name: row.text(.name),
                document: row.document(.document)
            )
        }
    }

    func ecsClusterCount(in scope: Scope) throws(APIError) -> Int64 {
        try translatingErrors {
            let row = try statement(ECSClusterTable.count)
            try row.bind(1, scope)
            return try row.step() ? row.integer(at: 0) : 0
        }
    }

    func insert(_ cluster: ECSCluster) throws(APIError) -> ECSCluster {
        try translatingErrors {
            let insertion = try statement(ECSClusterTable.insert)
            try insertion.bind(.account, cluster.scope.account)
            try insertion.bind(.region, cluster.scope.region)
            try insertion.bind(.name, cluster.name)
            try insertion.bind(.document, cluster.document.jsonText())
            try insertion.run()
            var inserted = cluster
            inserted.id = connection.insertedRowID
            return inserted
        }
    }
}

extension Statement {
    /// A column that holds a JSON object.
    func document(_ column: Columns) -> JSONObject {
        guard case .object(let object)? = try? JSONParser.parse(Array(text(column).utf8)) else {
            return JSONObject([])
        }
        return object
    }
}
