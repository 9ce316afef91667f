internal import AWS

/// What a primary knows of its replicas.
enum ReplicaTable: Int, StatementList {
    case ofPrimary, set, delete

    enum Columns: Int, RowColumns {
        case region, kmsKeyID, failure, isBehind, primaryID
    }

    static let table = Table.replica

    var sql: String {
        switch self {
        case .ofPrimary:
            """
            SELECT \(Columns.list) FROM replica WHERE primary_id = ?1 ORDER BY region
            """
        case .set: "INSERT OR REPLACE INTO replica \(Columns.values())"
        case .delete: "DELETE FROM replica WHERE primary_id = ?1 AND region = ?2"
        }
    }
}

extension SQLiteTransaction {
    func replicas(of primary: Secret) throws(APIError) -> [Replica] {
        try translatingErrors {
            let rows = try statement(ReplicaTable.ofPrimary)
            try rows.bind(1, primary.id)
            var replicas: [Replica] = []
            while try rows.step() {
                replicas.append(
                    Replica(
                        region: rows.text(.region),
                        kmsKeyID: rows.text(.kmsKeyID),
                        state: rows.optionalText(.failure).map(Replica.State.failed)
                            ?? (rows.bool(.isBehind) ? .behind : .inSync)
                    )
                )
            }
            return replicas
        }
    }

    func setReplica(_ replica: Replica, of primary: Secret) throws(APIError) {
        try translatingErrors {
            let change = try statement(ReplicaTable.set)
            try change.bind(.primaryID, primary.id)
            try change.bind(.region, replica.region)
            try change.bind(.kmsKeyID, replica.kmsKeyID)
            if case .failed(let reason) = replica.state { try change.bind(.failure, reason) }
            try change.bind(.isBehind, replica.state == .behind)
            try change.run()
        }
    }

    func deleteReplica(in region: String, of primary: Secret) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(ReplicaTable.delete)
            try deletion.bind(1, primary.id)
            try deletion.bind(2, region)
            try deletion.run()
        }
    }
}
