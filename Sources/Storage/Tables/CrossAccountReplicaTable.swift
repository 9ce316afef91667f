internal import AWS

/// What a primary knows of its one replica in another account.
enum CrossAccountReplicaTable: Int, StatementList {
    case ofPrimary, set, delete

    enum Columns: Int, RowColumns {
        case replicaARN, roleARN, status, primaryID
    }

    static let table = Table.crossAccountReplica

    var sql: String {
        switch self {
        case .ofPrimary:
            """
            SELECT \(Columns.list) FROM cross_account_replica WHERE primary_id = ?1
            """
        case .set: "INSERT OR REPLACE INTO cross_account_replica \(Columns.values())"
        case .delete: "DELETE FROM cross_account_replica WHERE primary_id = ?1"
        }
    }
}

extension SQLiteTransaction {
    func crossAccountReplica(of primary: Secret) throws(APIError) -> CrossAccountReplica? {
        try translatingErrors {
            let row = try statement(CrossAccountReplicaTable.ofPrimary)
            try row.bind(1, primary.id)
            guard try row.step() else { return nil }
            return CrossAccountReplica(
                replicaARN: row.text(.replicaARN),
                roleARN: row.optionalText(.roleARN),
                status: CrossAccountStatus(rawValue: row.text(.status)) ?? .detached
            )
        }
    }

    func setCrossAccountReplica(
        _ replica: CrossAccountReplica?,
        of primary: Secret
    ) throws(APIError) {
        try translatingErrors {
            guard let replica else {
                return try run(CrossAccountReplicaTable.delete, primary.id)
            }
            let change = try statement(CrossAccountReplicaTable.set)
            try change.bind(.primaryID, primary.id)
            try change.bind(.replicaARN, replica.replicaARN)
            try change.bind(.roleARN, replica.roleARN)
            try change.bind(.status, replica.status.rawValue)
            try change.run()
        }
    }
}
