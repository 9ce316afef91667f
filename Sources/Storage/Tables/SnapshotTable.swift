internal import AWS

/// What there is of snapshots; their rows are in tables that follow those that they are of.
enum SnapshotTable: Int, StatementList {
    case all, byName, insert, setSecrets, delete

    enum Columns: Int, RowColumns {
        case id, name, account, takenAt, secrets
    }

    static let table = Table.snapshot

    var sql: String {
        switch self {
        case .all: "SELECT \(Columns.list) FROM snapshot WHERE name > '' ORDER BY name"
        case .byName: "SELECT \(Columns.list) FROM snapshot WHERE name = ?1"
        case .insert: "INSERT INTO snapshot \(Columns.values(without: .id))"
        case .setSecrets:
            """
            UPDATE snapshot SET secrets = (
                SELECT count(*) FROM snapshot_secret WHERE snapshot = ?1
            ) WHERE id = ?1
            """
        case .delete: "DELETE FROM snapshot WHERE id = ?1"
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func snapshots() throws(APIError) -> [Snapshot] {
        try translatingErrors {
            let rows = try statement(SnapshotTable.all)
            var snapshots: [Snapshot] = []
            while try rows.step() { snapshots.append(snapshot(in: rows)) }
            return snapshots
        }
    }

    func snapshot(named name: String) throws(APIError) -> Snapshot? {
        try translatingErrors {
            let row = try statement(SnapshotTable.byName)
            try row.bind(1, name)
            return try row.step() ? snapshot(in: row) : nil
        }
    }

    private func snapshot(in row: borrowing Statement<SnapshotTable.Columns>) -> Snapshot {
        Snapshot(
            id: row.integer(.id),
            name: row.text(.name),
            account: row.optionalText(.account),
            takenAt: row.timestamp(.takenAt),
            secrets: row.integer(.secrets)
        )
    }

    // MARK: Writing

    func takeSnapshot(_ new: NewSnapshot) throws(APIError) -> Snapshot {
        if let former = try snapshot(named: new.name) { try delete(former) }
        try translatingErrors {
            let insertion = try statement(SnapshotTable.insert)
            try insertion.bind(.name, new.name)
            try insertion.bind(.account, new.account)
            try insertion.bind(.takenAt, new.takenAt)
            try insertion.bind(.secrets, 0)
            try insertion.run()
            let id = connection.insertedRowID
            let rows = try snapshotRows()
            try run(new.account == nil ? rows.taking : rows.takingOne, new.account, id)
            try run(SnapshotTable.setSecrets, id)
        }
        guard let taken = try snapshot(named: new.name) else {
            throw .internalServiceError(cause: "the snapshot is not there")
        }
        return taken
    }

    func restore(_ snapshot: Snapshot, account: String?) throws(APIError) {
        try translatingErrors {
            let rows = try snapshotRows()
            if let account {
                try run(AccountTables.dropping, account)
                try run(rows.restoringOne, account, snapshot.id)
            } else {
                try emptyAll()
                try run(rows.restoring, nil, snapshot.id)
            }
            try deleteKeysWithoutMaterial()
        }
    }

    func delete(_ snapshot: Snapshot) throws(APIError) {
        try translatingErrors { try run(SnapshotTable.delete, snapshot.id) }
    }
}
