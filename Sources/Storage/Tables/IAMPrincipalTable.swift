internal import AWS
internal import Notation

/// Users and roles.
enum IAMPrincipalTable: Int, StatementList {
    case byName, byID, page, byPolicy, byBoundary
    case insert, update, delete

    enum Columns: Int, RowColumns {
        case id, account, kind, name, path, uniqueID, createdAt, description, trustPolicy
        case maxSessionSeconds, boundaryARN, foldedName, partition
    }

    static let table = Table.iamPrincipal

    private static let columns = Columns.list(of: "p")

    var sql: String {
        let columns = IAMPrincipalTable.columns
        return switch self {
        case .byName:
            """
            SELECT \(columns) FROM iam_principal AS p
            WHERE p.account = ?1 AND p.kind = ?2 AND p.folded_name = ?3
            """
        case .byID: "SELECT \(columns) FROM iam_principal AS p WHERE p.id = ?1"
        case .page:
            """
            SELECT \(columns) FROM iam_principal AS p
            WHERE p.account = ?1 AND p.kind = ?2 AND p.folded_name > ?3
            ORDER BY p.folded_name LIMIT ?4
            """
        case .byPolicy:
            """
            SELECT \(columns) FROM iam_attachment AS a
            JOIN iam_principal AS p ON p.id = a.principal
            WHERE a.policy_arn = ?1 AND p.account = ?2 ORDER BY a.principal
            """
        case .byBoundary:
            """
            SELECT \(columns) FROM iam_principal AS p
            WHERE p.boundary_arn = ?1 AND p.account = ?2 ORDER BY p.name
            """
        case .insert: "INSERT INTO iam_principal \(Columns.values(without: .id))"
        case .update:
            """
            UPDATE iam_principal SET \(IAMPrincipalTable.changes)
            WHERE id = \(Columns.id.parameter)
            """
        case .delete: "DELETE FROM iam_principal WHERE id = ?1"
        }
    }

    private static let changes = Columns.assignments(
        .foldedName,
        .name,
        .path,
        .description,
        .trustPolicy,
        .maxSessionSeconds,
        .boundaryARN
    )
}

extension SQLiteTransaction {
    // MARK: Reading

    func principal(
        _ kind: IAMPrincipal.Kind,
        named name: String,
        in account: String
    ) throws(APIError) -> IAMPrincipal? {
        try translatingErrors {
            let row = try statement(IAMPrincipalTable.byName)
            try row.bind(1, account)
            try row.bind(2, kind.rawValue)
            try row.bind(3, name.lowercased())
            return try row.step() ? try principal(in: row) : nil
        }
    }

    func principal(id: Int64) throws(APIError) -> IAMPrincipal? {
        try translatingErrors {
            let row = try statement(IAMPrincipalTable.byID)
            try row.bind(1, id)
            return try row.step() ? try principal(in: row) : nil
        }
    }

    func taggedPrincipal(id: Int64) throws(APIError) -> TaggedPrincipal? {
        if let known = cache?.principal(id) { return known }
        guard let principal = try principal(id: id) else { return nil }
        let tagged = TaggedPrincipal(principal: principal, tags: try tags(of: principal))
        cache?.insert(tagged)
        return tagged
    }

    func principals(
        _ kind: IAMPrincipal.Kind,
        in account: String,
        after name: String,
        limit: Int
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors {
            let rows = try statement(IAMPrincipalTable.page)
            try rows.bind(1, account)
            try rows.bind(2, kind.rawValue)
            try rows.bind(3, name.lowercased())
            try rows.bind(4, Int64(limit))
            return try principals(in: rows)
        }
    }

    func principals(
        withPolicy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors { try principals(.byPolicy, arn, account) }
            .sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
    }

    func principals(
        boundedBy arn: String,
        in account: String
    ) throws(APIError) -> [IAMPrincipal] {
        try translatingErrors { try principals(.byBoundary, arn, account) }
    }

    private func principals(
        _ query: IAMPrincipalTable,
        _ arn: String,
        _ account: String
    ) throws -> [IAMPrincipal] {
        let rows = try statement(query)
        try rows.bind(1, arn)
        try rows.bind(2, account)
        return try principals(in: rows)
    }

    private func principals(
        in rows: borrowing Statement<IAMPrincipalTable.Columns>
    ) throws -> [IAMPrincipal] {
        var principals: [IAMPrincipal] = []
        while try rows.step() { principals.append(try principal(in: rows)) }
        return principals
    }

    private func principal(
        in row: borrowing Statement<IAMPrincipalTable.Columns>
    ) throws -> IAMPrincipal {
        guard let kind = IAMPrincipal.Kind(rawValue: row.text(.kind)) else {
            throw APIError.internalServiceError(cause: "no kind of a principal")
        }
        return IAMPrincipal(
            id: row.integer(.id),
            partition: row.text(.partition),
            account: row.text(.account),
            kind: kind,
            name: row.text(.name),
            path: row.text(.path),
            uniqueID: row.text(.uniqueID),
            createdAt: row.timestamp(.createdAt),
            description: row.optionalText(.description),
            trustPolicy: row.optionalText(.trustPolicy),
            maxSessionSeconds: row.integer(.maxSessionSeconds),
            boundaryARN: row.optionalText(.boundaryARN)
        )
    }

    // MARK: Writing

    func insert(_ principal: IAMPrincipal) throws(APIError) -> IAMPrincipal {
        try translatingErrors {
            let insertion = try statement(IAMPrincipalTable.insert)
            try insertion.bind(.partition, principal.partition)
            try insertion.bind(.account, principal.account)
            try insertion.bind(.kind, principal.kind.rawValue)
            try insertion.bind(.foldedName, principal.name.lowercased())
            try insertion.bind(.name, principal.name)
            try insertion.bind(.path, principal.path)
            try insertion.bind(.uniqueID, principal.uniqueID)
            try insertion.bind(.createdAt, principal.createdAt)
            try insertion.bind(.description, principal.description)
            try insertion.bind(.trustPolicy, principal.trustPolicy)
            try insertion.bind(.maxSessionSeconds, principal.maxSessionSeconds)
            try insertion.bind(.boundaryARN, principal.boundaryARN)
            try insertion.run()
            return IAMPrincipal(
                id: connection.insertedRowID,
                partition: principal.partition,
                account: principal.account,
                kind: principal.kind,
                name: principal.name,
                path: principal.path,
                uniqueID: principal.uniqueID,
                createdAt: principal.createdAt,
                description: principal.description,
                trustPolicy: principal.trustPolicy,
                maxSessionSeconds: principal.maxSessionSeconds,
                boundaryARN: principal.boundaryARN
            )
        }
    }

    func update(_ principal: IAMPrincipal) throws(APIError) {
        try translatingErrors {
            let update = try statement(IAMPrincipalTable.update)
            try update.bind(.id, principal.id)
            try update.bind(.foldedName, principal.name.lowercased())
            try update.bind(.name, principal.name)
            try update.bind(.path, principal.path)
            try update.bind(.description, principal.description)
            try update.bind(.trustPolicy, principal.trustPolicy)
            try update.bind(.maxSessionSeconds, principal.maxSessionSeconds)
            try update.bind(.boundaryARN, principal.boundaryARN)
            try update.run()
        }
    }

    func delete(_ principal: IAMPrincipal) throws(APIError) {
        try translatingErrors { try run(IAMPrincipalTable.delete, principal.id) }
    }
}
