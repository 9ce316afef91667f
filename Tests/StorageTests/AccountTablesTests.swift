import AWS
import JSON
import Notation
import Testing

@testable import Storage

/// The list of the tables that belong to an account, held against the schema and against rows.
@Suite struct AccountTablesTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    private func integer(_ sql: String) throws -> Int64 {
        try Connection(path: folder.database, for: .reading).integer(sql)
    }

    /// How many rows of an account there are in each of its tables.
    private func counts(of account: String) throws -> [String: Int64] {
        var counts: [String: Int64] = [:]
        for entry in AccountTables.all {
            let condition = entry.condition.replacing("?1", with: "'\(account)'")
            counts[entry.table.name] = try integer(
                "SELECT count(*) FROM \(entry.table.name) WHERE \(condition)"
            )
        }
        return counts
    }

    @Test func `Every table of the schema is in the list of tables`() throws {
        let tables = "sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        #expect(try integer("SELECT count(*) FROM \(tables)") == Int64(Table.allCases.count))
        for table in Table.allCases {
            let isThere = "SELECT count(*) FROM \(tables) AND name = '\(table.name)'"
            #expect(try integer(isThere) == 1, "\(table.name)")
        }
    }

    @Test(arguments: Table.allCases)
    func `The list says whose the rows of a table are as the schema does`(table: Table) throws {
        switch table.owner {
        case .account:
            let column = """
                SELECT count(*) FROM pragma_table_info('\(table.name)')
                WHERE name = 'account' AND "notnull" = 1
                """
            #expect(try integer(column) == 1)
        case .parent(let parent, let column):
            let reference = """
                SELECT count(*) FROM pragma_foreign_key_list('\(table.name)')
                WHERE "table" = '\(parent.name)' AND "from" = '\(column)' AND "to" = 'id'
                    AND on_delete = 'CASCADE'
                """
            #expect(try integer(reference) == 1)
        case .vault(let reason):
            #expect(!reason.isEmpty)
            #expect(!AccountTables.all.contains { $0.table == table })
        }
    }

    @Test func `Rows go before those that they refer to`() throws {
        let order = AccountTables.all.map(\.table.name)
        for (index, name) in order.enumerated() {
            for later in order[index...] where later != name {
                let reference = """
                    SELECT count(*) FROM pragma_foreign_key_list('\(name)')
                    WHERE "table" = '\(later)'
                    """
                #expect(try integer(reference) == 0, "\(name) refers to \(later)")
            }
        }
    }

    @Test func `Emptying an account leaves no row of it, and every row of the others`() throws {
        let (one, other) = ("000000000000", "111111111111")
        try vault.change { vault throws(APIError) in
            for account in [one, other] { try vault.insertOneOfEach(in: account) }
            try vault.append(.sample("a call"))
        }
        let before = try counts(of: other)
        #expect(try counts(of: one) == before)
        for (table, count) in before { #expect(count > 0, "the test puts nothing into \(table)") }
        let keys = try integer("SELECT count(*) FROM key_encryption_key")

        try vault.change { vault throws(APIError) in try vault.empty(account: one) }
        for (table, count) in try counts(of: one) { #expect(count == 0, "\(table)") }
        #expect(try counts(of: other) == before)

        try vault.change { vault throws(APIError) in try vault.empty(account: nil) }
        for (table, count) in try counts(of: other) { #expect(count == 0, "\(table)") }
        let counts = try vault.ask { vault throws(APIError) in try vault.counts() }
        #expect(counts == VaultCounts(secrets: 0, versions: 0))
        // What belongs to no account stays.
        #expect(try integer("SELECT count(*) FROM key_encryption_key") == keys)
        #expect(try integer("SELECT count(*) FROM audit") == 1)
    }
}

extension VaultWriting {
    /// A row in every table that belongs to an account.
    fileprivate func insertOneOfEach(in account: String) throws(APIError) {
        let scope = Scope(account: account, region: "us-east-1")
        let tags = [AWS.Tag(key: "team", value: "payments")]
        try insertSecret(tags, in: scope)
        try insertKey(tags, in: scope)
        try insertUser(tags, in: account)
        try setAlias("alias-\(account)", ofAccount: account)
        try insertService(in: scope)
    }

    private func insertService(in scope: Scope) throws(APIError) {
        let nothing = JSONObject([])
        let cluster = try insert(ECSCluster(scope: scope, name: "c", document: nothing))
        let service = try insert(
            ECSService(
                cluster: cluster,
                name: "s",
                desiredCount: 1,
                taskDefinition: "arn",
                request: nothing,
                document: nothing,
                createdBy: "arn",
                createdAt: .noon
            )
        )
        let deployment = ECSDeployment(
            id: "ecs-svc/1",
            taskDefinition: "arn",
            desiredCount: 1,
            createdAt: .noon,
            updatedAt: .noon
        )
        try setDeployments([deployment], of: service)
        try append(ECSServiceEvent(id: "e", createdAt: .noon, message: "m"), to: service)
        _ = try insert(
            ECSTaskDefinition(
                scope: scope,
                family: "web",
                revision: 1,
                document: nothing,
                registeredBy: "arn",
                registeredAt: .noon
            )
        )
    }

    private func insertSecret(_ tags: [AWS.Tag], in scope: Scope) throws(APIError) {
        var secret = try insertSample(.sample(scope: scope))
        secret.kmsKeyID = "alias/other"
        try KeyAddition(to: secret).run(at: .noon, by: .service, in: self)
        try setTags(tags, of: secret)
        try setResourcePolicy("{}", named: "default", of: secret)
        try setReplica(Replica(region: "eu-west-1", kmsKeyID: "", state: .inSync), of: secret)
        try setCrossAccountReplica(
            CrossAccountReplica(replicaARN: "arn", roleARN: nil, status: .detached),
            of: secret
        )
        try setRotationConfiguration(RotationConfiguration(), of: secret)
        try setRotation(
            Rotation(
                versionID: "second-version",
                token: "token",
                isTest: false,
                step: .createSecret,
                failures: 0,
                dueAt: .noon
            ),
            of: secret
        )
    }

    private func insertKey(_ tags: [AWS.Tag], in scope: Scope) throws(APIError) {
        let key = try insert(
            NewKey(arn: KeyARN(scope: scope, keyID: "key"), policy: "{}", createdAt: .noon)
        )
        try setTags(tags, of: key)
        try insert(
            KMSGrant(
                id: "grant",
                key: key.arn,
                grantee: GrantPrincipal("arn"),
                operations: ["Decrypt"],
                issuingAccount: scope.account,
                createdAt: .noon
            ),
            of: key
        )
        try setAlias(
            KeyAlias(
                name: "alias/a",
                scope: scope,
                targetKeyID: "key",
                createdAt: .noon,
                updatedAt: .noon
            ),
            of: key
        )
    }

    private func insertUser(_ tags: [AWS.Tag], in account: String) throws(APIError) {
        let user = try insert(
            IAMPrincipal(
                account: account,
                kind: .user,
                name: "ana",
                uniqueID: "AIDA\(account)",
                createdAt: .noon
            )
        )
        try setTags(tags, of: user)
        try setInlinePolicy("{}", named: "inline", of: user)
        let policy = try insert(
            ManagedPolicy(
                account: account,
                name: "reads",
                uniqueID: "ANPA\(account)",
                createdAt: .noon,
                updatedAt: .noon
            ),
            document: "{}"
        )
        try setTags(tags, of: policy)
        try attachPolicy(arn: policy.arn, to: user)
        try insert(
            AccessKey(
                id: "AKIA\(account)",
                account: account,
                principalID: user.id,
                createdAt: .noon
            ),
            secretAccessKey: "secret"
        )
    }
}
