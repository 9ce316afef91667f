internal import AWS
internal import Notation

/// The managed policies that customers made.
enum IAMPolicyTable: Int, StatementList {
    case byARN, byName, page
    case insert, update, delete

    enum Columns: Int, RowColumns {
        case id, account, name, path, uniqueID, description, createdAt, updatedAt, defaultVersion
        case lastVersion, foldedName, arn, partition
    }

    static let table = Table.iamPolicy

    var sql: String {
        switch self {
        case .byARN: "SELECT \(Columns.list) FROM iam_policy WHERE arn = ?1"
        case .byName:
            """
            SELECT \(Columns.list) FROM iam_policy WHERE account = ?1 AND folded_name = ?2
            """
        case .page:
            """
            SELECT \(Columns.list) FROM iam_policy
            WHERE account = ?1 AND folded_name > ?2 ORDER BY folded_name LIMIT ?3
            """
        case .insert: "INSERT INTO iam_policy \(Columns.values(without: .id))"
        case .update:
            """
            UPDATE iam_policy
            SET \(Columns.assignments(.updatedAt, .defaultVersion, .lastVersion))
            WHERE id = \(Columns.id.parameter)
            """
        case .delete: "DELETE FROM iam_policy WHERE id = ?1"
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func managedPolicy(arn: String) throws(APIError) -> ManagedPolicy? {
        try translatingErrors {
            let row = try statement(IAMPolicyTable.byARN)
            try row.bind(1, arn)
            return try row.step() ? managedPolicy(in: row) : nil
        }
    }

    func managedPolicy(
        named name: String,
        in account: String
    ) throws(APIError) -> ManagedPolicy? {
        try translatingErrors {
            let row = try statement(IAMPolicyTable.byName)
            try row.bind(1, account)
            try row.bind(2, name.lowercased())
            return try row.step() ? managedPolicy(in: row) : nil
        }
    }

    func managedPolicies(
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [ManagedPolicy] {
        try translatingErrors {
            let rows = try statement(IAMPolicyTable.page)
            try rows.bind(1, account)
            try rows.bind(2, name.lowercased())
            try rows.bind(3, Int64(limit))
            var policies: [ManagedPolicy] = []
            while try rows.step() { policies.append(managedPolicy(in: rows)) }
            return policies
        }
    }

    private func managedPolicy(
        in row: borrowing Statement<IAMPolicyTable.Columns>
    ) -> ManagedPolicy {
        ManagedPolicy(
            id: row.integer(.id),
            partition: row.text(.partition),
            account: row.text(.account),
            name: row.text(.name),
            path: row.text(.path),
            uniqueID: row.text(.uniqueID),
            description: row.optionalText(.description),
            createdAt: row.timestamp(.createdAt),
            updatedAt: row.timestamp(.updatedAt),
            defaultVersion: row.integer(.defaultVersion),
            lastVersion: row.integer(.lastVersion)
        )
    }

    // MARK: Writing

    func insert(_ policy: ManagedPolicy, document: String) throws(APIError) -> ManagedPolicy {
        let id = try translatingErrors {
            let insertion = try statement(IAMPolicyTable.insert)
            try insertion.bind(.partition, policy.partition)
            try insertion.bind(.account, policy.account)
            try insertion.bind(.foldedName, policy.name.lowercased())
            try insertion.bind(.name, policy.name)
            try insertion.bind(.path, policy.path)
            try insertion.bind(.arn, policy.arn)
            try insertion.bind(.uniqueID, policy.uniqueID)
            try insertion.bind(.description, policy.description)
            try insertion.bind(.createdAt, policy.createdAt)
            try insertion.bind(.updatedAt, policy.updatedAt)
            try insertion.bind(.defaultVersion, policy.defaultVersion)
            try insertion.bind(.lastVersion, policy.lastVersion)
            try insertion.run()
            return connection.insertedRowID
        }
        let inserted = ManagedPolicy(
            id: id,
            partition: policy.partition,
            account: policy.account,
            name: policy.name,
            path: policy.path,
            uniqueID: policy.uniqueID,
            description: policy.description,
            createdAt: policy.createdAt,
            updatedAt: policy.updatedAt,
            defaultVersion: policy.defaultVersion,
            lastVersion: policy.lastVersion
        )
        let first = ManagedPolicyVersion(
            number: policy.defaultVersion,
            document: document,
            createdAt: policy.createdAt
        )
        try insertVersion(first, of: inserted)
        return inserted
    }

    func update(_ policy: ManagedPolicy) throws(APIError) {
        try translatingErrors {
            let update = try statement(IAMPolicyTable.update)
            try update.bind(.id, policy.id)
            try update.bind(.updatedAt, policy.updatedAt)
            try update.bind(.defaultVersion, policy.defaultVersion)
            try update.bind(.lastVersion, policy.lastVersion)
            try update.run()
        }
    }

    func delete(_ policy: ManagedPolicy) throws(APIError) {
        try translatingErrors { try run(IAMPolicyTable.delete, policy.id) }
    }
}
