internal import AWS
internal import Notation

/// Access keys, their secrets sealed.
enum IAMAccessKeyTable: Int, StatementList {
    case ofPrincipal, byID, any
    case insert, update, delete

    enum Columns: Int, RowColumns {
        case id, account, principal, isActive, createdAt, secret
    }

    static let table = Table.iamAccessKey

    var sql: String {
        switch self {
        case .ofPrincipal:
            """
            SELECT \(Columns.list) FROM iam_access_key
            WHERE principal IS ?1 AND account = ?2 ORDER BY created_at
            """
        case .byID: "SELECT \(Columns.list) FROM iam_access_key WHERE id = ?1"
        case .any: "SELECT 1 FROM iam_access_key WHERE account > '' LIMIT 1"
        case .insert: "INSERT INTO iam_access_key \(Columns.values())"
        case .update:
            """
            UPDATE iam_access_key SET \(Columns.assignments(.isActive))
            WHERE id = \(Columns.id.parameter)
            """
        case .delete: "DELETE FROM iam_access_key WHERE id = ?1"
        }
    }
}

/// An access key with its secret, opened.
struct OpenedCredential {
    let key: AccessKey
    let secretAccessKey: String
}

extension SQLiteTransaction {
    // MARK: Reading

    func accessKeys(
        ofPrincipal id: Int64?,
        in account: String
    ) throws(APIError) -> [AccessKey] {
        try translatingErrors {
            let rows = try statement(IAMAccessKeyTable.ofPrincipal)
            try rows.bind(1, id)
            try rows.bind(2, account)
            var keys: [AccessKey] = []
            while try rows.step() { keys.append(accessKey(in: rows)) }
            return keys
        }
    }

    func hasAccessKeys() throws(APIError) -> Bool {
        try translatingErrors {
            let row = try statement(IAMAccessKeyTable.any)
            return try row.step()
        }
    }

    func credential(accessKeyID: String) throws(APIError) -> Credential? {
        try translatingErrors {
            guard let opened = try openedCredential(accessKeyID) else { return nil }
            return Credential(
                key: opened.key,
                owner: try opened.key.principalID.flatMap { try taggedPrincipal(id: $0) },
                secretAccessKey: opened.secretAccessKey
            )
        }
    }

    private func openedCredential(_ id: String) throws -> OpenedCredential? {
        if let known = cache?.credential(id) { return known }
        let row = try statement(IAMAccessKeyTable.byID)
        try row.bind(1, id)
        var opened: OpenedCredential?
        if try row.step(), let secret = try open(row.blob(.secret), ofAccessKey: id) {
            opened = OpenedCredential(key: accessKey(in: row), secretAccessKey: secret)
        }
        cache?.insert(opened, ofAccessKey: id)
        return opened
    }

    private func accessKey(in row: borrowing Statement<IAMAccessKeyTable.Columns>) -> AccessKey {
        AccessKey(
            id: row.text(.id),
            account: row.text(.account),
            principalID: row.optionalInteger(.principal),
            isActive: row.bool(.isActive),
            createdAt: row.timestamp(.createdAt)
        )
    }

    // MARK: Writing

    func insert(_ key: AccessKey, secretAccessKey: String) throws(APIError) {
        try translatingErrors {
            let secret = try seal(secretAccessKey, ofAccessKey: key.id)
            let insertion = try statement(IAMAccessKeyTable.insert)
            try insertion.bind(.id, key.id)
            try insertion.bind(.account, key.account)
            try insertion.bind(.principal, key.principalID)
            try insertion.bind(.isActive, key.isActive)
            try insertion.bind(.createdAt, key.createdAt)
            try insertion.bind(.secret, blob: secret)
            try insertion.run()
        }
    }

    func update(_ key: AccessKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(IAMAccessKeyTable.update)
            try update.bind(.id, key.id)
            try update.bind(.isActive, key.isActive)
            try update.run()
        }
    }

    func delete(_ key: AccessKey) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(IAMAccessKeyTable.delete)
            try deletion.bind(1, key.id)
            try deletion.run()
        }
    }
}
