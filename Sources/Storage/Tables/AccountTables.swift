/// Whose the rows of each table are: the one list for what is done with an account as a whole.
///
/// A table that is in no account says why, so that a new one is not forgotten here.
enum TableOwner {
    /// An account's: the rows name it in a column `account`.
    case account
    /// That of the row of another table to which this column refers.
    case parent(Table, column: String)
    /// The vault's: the rows stay when an account is emptied.
    case vault(because: String)
}

extension Table {
    var owner: TableOwner {
        switch self {
        case .meta: .vault(because: "the master key's check value, the clock, the end of the trail")
        case .tally: .vault(because: "triggers count the rows of all accounts")
        case .keyEncryptionKey:
            .vault(because: "what a copy of a row was sealed under must open it later too")
        case .audit, .auditBlock:
            .vault(because: "the trail tells what happened, emptying included")
        case .snapshot: .vault(because: "what was kept of accounts is there to fill them again")
        case .madeAccount, .secret, .kmsKey, .kmsAlias, .iamPrincipal, .iamPolicy, .iamAccessKey,
            .iamAccountAlias, .ecsCluster, .ecsTaskDefinition:
            .account
        case .tag, .version, .versionKey, .stagingLabel, .resourcePolicy, .rotationConfiguration,
            .rotation:
            .parent(.secret, column: "secret_id")
        case .replica, .crossAccountReplica: .parent(.secret, column: "primary_id")
        case .kmsTag, .kmsKeyMaterial, .kmsGrant: .parent(.kmsKey, column: "kms_key")
        case .iamPrincipalTag, .iamInlinePolicy, .iamAttachment:
            .parent(.iamPrincipal, column: "principal")
        case .iamPolicyVersion, .iamPolicyTag: .parent(.iamPolicy, column: "policy")
        case .ecsService: .parent(.ecsCluster, column: "cluster")
        case .ecsDeployment, .ecsEvent: .parent(.ecsService, column: "service")
        }
    }
}

/// The tables that belong to an account, and what selects the rows of one there.
struct AccountTables {
    /// One of them.
    struct Entry {
        let table: Table
        /// A condition on the account that is the statement's first parameter.
        let condition: String
    }

    /// A table comes after those whose rows its own refer to.
    static let all: [Entry] = Table.allCases.compactMap { table in
        condition(for: table, \.name).map { Entry(table: table, condition: $0) }
    }

    /// - Parameters:
    ///   - table: one that may belong to an account.
    ///   - name: by which name a table is looked into: it, or what is kept of it.
    ///   - further: what is asked of the row that names the account besides.
    /// - Returns: what selects the rows of an account; nil for a table of the vault's.
    static func condition(
        for table: Table,
        _ name: (Table) -> String,
        and further: String = ""
    ) -> String? {
        switch table.owner {
        case .vault: nil
        case .account: "account = ?1\(further)"
        case .parent(let parent, let column):
            condition(for: parent, name, and: further).map { condition in
                "\(column) IN (SELECT id FROM \(name(parent)) WHERE \(condition))\(further)"
            }
        }
    }

    /// The statements that remove all rows of all accounts.
    ///
    /// Rows go before those that they refer to, so that no row is left to be looked for one by one.
    static let emptying = all.reversed().map { "DELETE FROM \($0.table.name)" }

    /// The statements that remove an account.
    static let dropping = all.reversed().map { entry in
        "DELETE FROM \(entry.table.name) WHERE \(entry.condition)"
    }

    /// The statements that empty an account: what makes one that was made for tests stays, which is
    /// its row and the key of its root.
    static let emptyingOne = all.reversed().filter { $0.table != .madeAccount }.map { entry in
        "DELETE FROM \(entry.table.name) WHERE \(entry.condition)"
            + (entry.table == .iamAccessKey ? " AND id <> account" : "")
    }

    /// Gives a row if an account has anything.
    static let isInUse: String = {
        let rows = all.compactMap { entry in
            if case .account = entry.table.owner {
                "SELECT 1 FROM \(entry.table.name) WHERE \(entry.condition)"
            } else {
                nil
            }
        }
        return rows.joined(separator: " UNION ALL ") + " LIMIT 1"
    }()
}
