internal import AWS
internal import JSON
internal import Notation

/// The grants of KMS keys.
enum KMSGrantTable: Int, StatementList {
    case byID, page, toGrantee, retirable, count
    case insert, delete, deleteOfKey

    enum Columns: Int, RowColumns {
        case kmsKey, grantID, name, grantee, granteeUniqueID, retiring, retiringUniqueID
        case operations, constraints, issuingAccount, createdAt
        // Of the key that the grant is for.
        case account, region, keyID
    }

    static let table = Table.kmsGrant

    private static let columns =
        "\(Columns.list(through: .createdAt, of: "g")), k.account, k.region, k.key_id"

    private static let ofKey = """
        SELECT \(columns) FROM kms_key AS k JOIN kms_grant AS g ON g.kms_key = k.id
        WHERE k.id = ?1
        """

    var sql: String {
        switch self {
        case .byID: "\(KMSGrantTable.ofKey) AND g.grant_id = ?2"
        case .page: "\(KMSGrantTable.ofKey) AND g.grant_id > ?2 ORDER BY g.grant_id LIMIT ?3"
        case .toGrantee: "\(KMSGrantTable.ofKey) AND g.grantee = ?2 ORDER BY g.grant_id"
        case .retirable:
            """
            SELECT \(KMSGrantTable.columns)
            FROM kms_grant AS g CROSS JOIN kms_key AS k ON k.id = g.kms_key
            WHERE g.retiring = ?1 AND g.grant_id > ?2 AND k.region = ?3
            ORDER BY g.grant_id LIMIT ?4
            """
        case .count: "SELECT count(*) FROM kms_grant WHERE kms_key = ?1"
        case .insert:
            "INSERT INTO kms_grant \(Columns.values(without: .account, .region, .keyID))"
        case .delete: "DELETE FROM kms_grant WHERE kms_key = ?1 AND grant_id = ?2"
        case .deleteOfKey: "DELETE FROM kms_grant WHERE kms_key = ?1"
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func grant(_ id: String, of key: KMSKey) throws(APIError) -> KMSGrant? {
        try translatingErrors {
            let row = try statement(KMSGrantTable.byID)
            try row.bind(1, key.id)
            try row.bind(2, id)
            return try row.step() ? grant(in: row) : nil
        }
    }

    func grants(of key: KMSKey, after id: String, limit: Int) throws(APIError) -> [KMSGrant] {
        try translatingErrors {
            let rows = try statement(KMSGrantTable.page)
            try rows.bind(1, key.id)
            try rows.bind(2, id)
            try rows.bind(3, Int64(limit))
            return try grants(in: rows)
        }
    }

    func grants(of key: KMSKey, to grantee: String) throws(APIError) -> [KMSGrant] {
        try translatingErrors {
            let rows = try statement(KMSGrantTable.toGrantee)
            try rows.bind(1, key.id)
            try rows.bind(2, grantee)
            return try grants(in: rows)
        }
    }

    func grants(
        retiredBy principal: String,
        in region: String,
        after id: String,
        limit: Int
    ) throws(APIError) -> [KMSGrant] {
        try translatingErrors {
            let rows = try statement(KMSGrantTable.retirable)
            try rows.bind(1, principal)
            try rows.bind(2, id)
            try rows.bind(3, region)
            try rows.bind(4, Int64(limit))
            return try grants(in: rows)
        }
    }

    func grantCount(of key: KMSKey) throws(APIError) -> Int {
        try translatingErrors {
            let row = try statement(KMSGrantTable.count)
            try row.bind(1, key.id)
            return try row.step() ? Int(row.integer(at: 0)) : 0
        }
    }

    private func grants(
        in rows: borrowing Statement<KMSGrantTable.Columns>
    ) throws(SQLiteError) -> [KMSGrant] {
        var grants: [KMSGrant] = []
        while try rows.step() { grants.append(grant(in: rows)) }
        return grants
    }

    private func grant(in row: borrowing Statement<KMSGrantTable.Columns>) -> KMSGrant {
        KMSGrant(
            id: row.text(.grantID),
            key: KeyARN(
                scope: Scope(account: row.text(.account), region: row.text(.region)),
                keyID: row.text(.keyID)
            ),
            name: row.optionalText(.name),
            grantee: GrantPrincipal(
                row.text(.grantee),
                uniqueID: row.optionalText(.granteeUniqueID)
            ),
            retiring: row.optionalText(.retiring).map { name in
                GrantPrincipal(name, uniqueID: row.optionalText(.retiringUniqueID))
            },
            operations: row.text(.operations).split(separator: " ").map(String.init),
            constraints: GrantConstraints(row.document(.constraints)),
            issuingAccount: row.text(.issuingAccount),
            createdAt: row.timestamp(.createdAt)
        )
    }

    // MARK: Writing

    func insert(_ grant: KMSGrant, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let insertion = try statement(KMSGrantTable.insert)
            try insertion.bind(.kmsKey, key.id)
            try insertion.bind(.grantID, grant.id)
            try insertion.bind(.name, grant.name)
            try insertion.bind(.grantee, grant.grantee.name)
            try insertion.bind(.granteeUniqueID, grant.grantee.uniqueID)
            try insertion.bind(.retiring, grant.retiring?.name)
            try insertion.bind(.retiringUniqueID, grant.retiring?.uniqueID)
            try insertion.bind(.operations, grant.operations.joined(separator: " "))
            try insertion.bind(.constraints, grant.constraints.jsonText())
            try insertion.bind(.issuingAccount, grant.issuingAccount)
            try insertion.bind(.createdAt, grant.createdAt)
            try insertion.run()
        }
    }

    func delete(_ grant: KMSGrant, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let deletion = try statement(KMSGrantTable.delete)
            try deletion.bind(1, key.id)
            try deletion.bind(2, grant.id)
            try deletion.run()
        }
    }
}
