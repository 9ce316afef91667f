internal import AWS
internal import Notation

/// The rows of an account as rows of another one, with ids and ARNs of their own.
///
/// ARNs are those of the copy where a column holds one. Texts in which ARNs stand among other things,
/// as policies and the documents of ECS, stay as they were written; the policies that KMS writes by
/// itself are those of the copy's keys.
struct AccountCopy {
    let source: String
    let target: String
    /// What is added to the ids of rows.
    let offset: Int64

    /// What belongs to no second account, or is still going on.
    private static let left: Set<Table> = [
        .madeAccount, .iamAccessKey, .iamAccountAlias, .crossAccountReplica, .rotation,
    ]

    /// Those whose values are sealed are not copied by a statement.
    private static let sealed: Set<Table> = [.version, .versionKey]

    /// Those whose rows have a number for an id.
    private static let numbered: Set<Table> = [
        .secret, .kmsKey, .iamPrincipal, .iamAttachment, .iamPolicy, .ecsCluster, .ecsService,
        .ecsTaskDefinition,
    ]

    /// The lowest id of an account's rows.
    static let lowestID: String = {
        let ids = AccountTables.all.filter { numbered.contains($0.table) }.map { entry in
            "SELECT min(id) AS id FROM \(entry.table.name) WHERE \(entry.condition)"
        }
        return "SELECT coalesce(min(id), 1) FROM (\(ids.joined(separator: " UNION ALL ")))"
    }()

    /// The statements that copy all but the values of secrets, for the columns that tables have; their
    /// parameters are the two accounts and the offset.
    static func statements(
        _ columns: (Table) throws(SQLiteError) -> [String]
    ) throws(SQLiteError) -> [String] {
        var statements: [String] = []
        for entry in AccountTables.all
        where !left.contains(entry.table) && !sealed.contains(entry.table) {
            let columns = try columns(entry.table)
            let values = columns.map { value(of: $0, in: entry.table) }
            statements.append(
                """
                INSERT INTO \(entry.table.name) (\(columns.joined(separator: ", ")))
                SELECT \(values.joined(separator: ", ")) FROM \(entry.table.name)
                WHERE \(entry.condition)
                """
            )
        }
        return statements
    }

    /// What a column has in the copy's row.
    private static func value(of column: String, in table: Table) -> String {
        if column == "id", numbered.contains(table) { return "id + ?3" }
        if case .parent(_, column) = table.owner { return "\(column) + ?3" }
        switch (table, column) {
        case (_, "account"): return "?2"
        case (.kmsAlias, "kms_key"): return "kms_key + ?3"
        // A primary in another account is none of the copy's.
        case (.secret, "primary_id"):
            return """
                CASE WHEN primary_id IN (SELECT id FROM secret WHERE account = ?1)
                THEN primary_id + ?3 END
                """
        case (.secret, "cross_account_primary_arn"), (.secret, "cross_account_status"):
            return "NULL"
        // Nobody has read the copy yet.
        case (.secret, "last_accessed_at"): return "0"
        // They are made afterwards.
        case (.kmsKeyMaterial, "key_encryption_key_id"): return "NULL"
        // Nobody else has it meanwhile.
        case (.iamPrincipal, "unique_id"), (.iamPolicy, "unique_id"):
            return "unique_id || ' ' || ?2"
        case (.kmsKey, "policy"):
            return """
                CASE WHEN is_aws_managed = 1 OR instr(policy, '"Id" : "key-default-1"') > 0
                THEN replace(\(readdressed(column)), '"' || ?1 || '"', '"' || ?2 || '"')
                ELSE policy END
                """
        default: return holdsARN(column, in: table) ? readdressed(column) : column
        }
    }

    /// An ARN, or an account, as the copy's.
    private static func readdressed(_ column: String) -> String {
        """
        CASE \(column) WHEN ?1 THEN ?2
        ELSE replace(\(column), ':' || ?1 || ':', ':' || ?2 || ':') END
        """
    }

    /// Functions are outside the vault: their ARNs stay.
    private static func holdsARN(_ column: String, in table: Table) -> Bool {
        switch (table, column) {
        case (.secret, "arn"), (.secret, "kms_key_id"), (.replica, "kms_key_id"),
            (.rotationConfiguration, "role_arn"), (.kmsGrant, "grantee"), (.kmsGrant, "retiring"),
            (.kmsGrant, "issuing_account"), (.iamPrincipal, "boundary_arn"),
            (.iamAttachment, "policy_arn"), (.iamPolicy, "arn"), (.ecsService, "task_definition"),
            (.ecsService, "created_by"), (.ecsDeployment, "task_definition"),
            (.ecsTaskDefinition, "registered_by"):
            true
        default: false
        }
    }

    /// The same for what is not copied by a statement.
    func readdressed(_ text: String) -> String {
        text == source ? target : text.replacing(":\(source):", with: ":\(target):")
    }

    func readdressed(_ name: KeyEncryptionKeyName) -> KeyEncryptionKeyName {
        KeyEncryptionKeyName(
            Scope(account: readdressed(name.account), region: name.region),
            kmsKeyID: readdressed(name.kmsKeyID)
        )
    }
}

extension SQLiteTransaction {
    /// Copies what belongs to an account to one that has nothing.
    func copy(_ source: String, to target: String, _ randomness: Randomness) throws {
        let lowest: Int64
        do {
            let row = try statement(keeping: AccountCopy.lowestID)
            try row.bind(1, source)
            lowest = try row.step() ? row.integer(at: 0) : 1
        }
        // Above all ids that any table ever gave.
        let highest = try connection.integer("SELECT max(seq) FROM sqlite_sequence")
        let copy = AccountCopy(source: source, target: target, offset: highest + 1 - lowest)
        for sql in try copyStatements() {
            let statement = try statement(keeping: sql)
            try statement.bind(1, source)
            try statement.bind(2, target)
            try statement.bind(3, copy.offset)
            try statement.run()
            if sql.hasPrefix("INSERT INTO secret ") { try copyVersions(copy) }
        }
        try makeMaterials()
        try giveUniqueIDs(copy, randomness)
    }

    private func copyStatements() throws(SQLiteError) -> [String] {
        if let known = knownCopyStatements { return known }
        let statements = try AccountCopy.statements { table throws(SQLiteError) in
            try connection.columns(of: table.name)
        }
        knownCopyStatements = statements
        return statements
    }
}

/// The unique ids of a copy's principals and policies.
extension SQLiteTransaction {
    private static let grantColumns = ["grantee_unique_id", "retiring_unique_id"]

    private func giveUniqueIDs(_ copy: AccountCopy, _ randomness: Randomness) throws {
        for table in [Table.iamPrincipal, .iamPolicy] {
            for (id, former) in try uniqueIDs(in: table, of: copy.target) {
                let kind = UniqueID(rawValue: String(former.prefix(4))) ?? .user
                let unique = kind.make(using: randomness)
                let change = try statement(
                    keeping: "UPDATE \(table.name) SET unique_id = ?1 WHERE id = ?2"
                )
                try change.bind(1, unique)
                try change.bind(2, id)
                try change.run()
                if table == .iamPrincipal { try readdressGrants(of: former, to: unique, copy) }
            }
        }
    }

    /// Those of the copy, each followed by its account still.
    private func uniqueIDs(
        in table: Table,
        of account: String
    ) throws(SQLiteError) -> [(id: Int64, former: String)] {
        let rows = try statement(
            keeping: "SELECT unique_id, id FROM \(table.name) WHERE account = ?1"
        )
        try rows.bind(1, account)
        var ids: [(id: Int64, former: String)] = []
        while try rows.step() {
            let former = rows.text(.only).prefix { $0 != " " }
            ids.append((rows.integer(at: 1), String(former)))
        }
        return ids
    }

    private func readdressGrants(
        of former: String,
        to unique: String,
        _ copy: AccountCopy
    ) throws(SQLiteError) {
        for column in Self.grantColumns {
            let change = try statement(
                keeping: """
                    UPDATE kms_grant SET \(column) = ?2
                    WHERE \(column) = ?3 AND kms_key IN (SELECT id FROM kms_key WHERE account = ?1)
                    """
            )
            try change.bind(1, copy.target)
            try change.bind(2, unique)
            try change.bind(3, former)
            try change.run()
        }
    }
}
