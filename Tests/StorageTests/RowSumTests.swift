import AWS
import Cryptography
import Notation
import Testing
import Threads

@testable import Storage

@Suite("The sums of the rows follow whatever the server does to them")
struct RowSumTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    /// Holds the sums against the rows as they are read anew, in the transaction that is open.
    private static func differences(_ vault: any VaultReading) -> [String] {
        guard let transaction = vault as? SQLiteTransaction, let rows = transaction.rows else {
            return ["no sums"]
        }
        return (try? rows.differences(in: transaction.connection)) ?? ["unread"]
    }

    private func expectRight(
        _ what: String,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let found = try vault.change { vault throws(APIError) in Self.differences(vault) }
        #expect(found == [], "\(what)", sourceLocation: location)
    }

    /// For identifiers that nobody has yet.
    private static let chance = Locked(Dice(state: 7))

    private static let refusal = APIError.internalServiceError(cause: "on purpose")

    /// One of the things that servers do, by a number.
    private static func step(
        _ number: Int,
        _ account: String,
        in vault: any VaultWriting
    ) throws(APIError) {
        let scope = Scope(account: account, region: "us-east-1")
        let address = SecretAddress.name("driftsentry/local/database", scope)
        switch number {
        case 0: try vault.empty(account: account)
        case 1:
            _ = try vault.dropAccount(account)
            try vault.insertOneOfEach(in: account)
        case 2: _ = try vault.dropAccount(account)
        case 3: _ = try vault.takeSnapshot(NewSnapshot(name: "a", account: nil, takenAt: .noon))
        case 4:
            _ = try vault.takeSnapshot(NewSnapshot(name: "b", account: account, takenAt: .noon))
        case 5, 6:
            guard let snapshot = try vault.snapshot(named: number == 5 ? "a" : "b") else { return }
            try vault.restore(snapshot, account: number == 5 ? nil : account)
        case 7:
            guard let snapshot = try vault.snapshot(named: "a") else { return }
            try vault.delete(snapshot)
        case 8:
            _ = try vault.makeAccount(
                NewAccount(
                    copying: account,
                    besides: account,
                    at: .noon,
                    Randomness { Self.chance.withLock { $0.next() } }
                )
            )
        case 9, 10:
            guard let secret = try vault.secret(at: address) else { return }
            try vault.setStagingLabels(StagingLabels(["AWSCURRENT": "first-version"]), of: secret)
            try vault.setResourcePolicy("{\"a\":\(number)}", named: "default", of: secret)
            try vault.setReplica(
                Replica(region: "eu-west-1", kmsKeyID: "", state: .failed("no")),
                of: secret
            )
        case 11:
            guard let secret = try vault.secret(at: address) else { return }
            try vault.delete(secret)
        default:
            guard let secret = try vault.secret(at: address) else { return }
            try vault.recordAccess(
                LastAccess(secretID: secret.id, versionID: "first-version", lastAccessedAt: nil),
                on: .noon
            )
        }
    }

    @Test("through random steps, in savepoints in savepoints of which some are undone")
    func random() throws {
        var chance = Dice(state: 20_261_130)
        for round in 0..<120 {
            let plan = (0..<4).map { _ in
                (
                    step: Int.random(in: 0...12, using: &chance),
                    account: ["000000000000", "111111111111", "222222222222"]
                        .randomElement(using: &chance) ?? "",
                    isUndone: Int.random(in: 0..<3, using: &chance) == 0
                )
            }
            let isUndone = Int.random(in: 0..<4, using: &chance) == 0
            let isAlone = Bool.random(using: &chance)
            let body: @Sendable (any VaultWriting) throws(APIError) -> Void = {
                vault throws(APIError) in
                for (step, account, isUndone) in plan {
                    do throws(APIError) {
                        try vault.atomically { vault throws(APIError) in
                            try vault.atomically { vault throws(APIError) in
                                try Self.step(step, account, in: vault)
                            }
                            if isUndone { throw Self.refusal }
                        }
                    } catch {
                        #expect(error.cause == Self.refusal.cause, "step \(step)")
                    }
                    #expect(Self.differences(vault) == [], "round \(round), step \(step)")
                }
                if isUndone { throw Self.refusal }
            }
            if isAlone {
                try? vault.writeAloneAndWait(body)
            } else {
                try? vault.change(body)
            }
            try expectRight("after round \(round)")
        }
        vault.close()
        try folder.open().close()
    }

    @Test("when a statement fails on its way, and its error is taken for nothing")
    func failed() throws {
        try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: "000000000000")
        }
        // The first row goes in and the second does not: SQLite undoes both.
        let sql = """
            INSERT INTO tag (secret_id, position, key, value)
            SELECT 1, 9, 'a', 'b' UNION ALL SELECT 1, 0, 'c', 'd'
            """
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in
                guard let transaction = vault as? SQLiteTransaction else { return }
                let statement = try? transaction.statement(keeping: sql)
                do { try statement?.run() } catch {}
            }
        }
        #expect(error?.cause?.isEmpty == false)
        try expectRight("after the failure")
        try vault.change { vault throws(APIError) in _ = try vault.insertSample(.sample("next")) }
        try expectRight("after the next change")
    }

    @Test("when rows take the place of others, and when references remove them")
    func replaced() throws {
        try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: "000000000000")
            try vault.insertOneOfEach(in: "111111111111")
            guard let transaction = vault as? SQLiteTransaction else { return }
            for sql in [
                "INSERT OR REPLACE INTO resource_policy SELECT secret_id, name, 'x' FROM resource_policy",
                "INSERT OR REPLACE INTO rotation SELECT * FROM rotation",
                // In the place of another one by a name that is unique.
                "INSERT OR REPLACE INTO iam_account_alias VALUES ('333333333333', 'alias-000000000000')",
                "UPDATE OR REPLACE iam_account_alias SET alias = 'alias-111111111111'",
                "UPDATE iam_attachment SET id = id + 100",
                "UPDATE tag SET position = position + 5",
                "INSERT INTO replica VALUES (1, 'eu-west-1', 'k', NULL, 1) ON CONFLICT DO UPDATE SET kms_key_id = 'k'",
                "INSERT OR IGNORE INTO replica SELECT * FROM replica",
                "DELETE FROM secret WHERE id = 1",
                "DELETE FROM iam_principal",
            ] {
                try transaction.translatingErrors {
                    do { try transaction.statement(keeping: sql).run() }
                }
                #expect(Self.differences(vault) == [], "\(sql)")
            }
        }
        try expectRight("at the end")
    }

    @Test("when the batch of several jobs is lost, and each runs again by itself")
    func empty() throws {
        try vault.change { vault throws(APIError) in
            try vault.insertOneOfEach(in: "000000000000")
            try vault.empty(account: nil)
            #expect(Self.differences(vault) == [])
            try vault.insertOneOfEach(in: "000000000000")
        }
        try expectRight("after all was emptied and filled in one transaction")
    }

    @Test("and a hash depends on the table, on each column, its type and its length")
    func hashes() throws {
        let tables = [RowTable("tag", part: 0), RowTable("kms_tag", part: 1)]
        let text = Array("ab".utf8)
        let texts: [[(Int32, [UInt8]?)]] = [
            [(0, text)], [(1, text)], [(0, [text[0]]), (1, [text[1]])], [(0, [])], [(0, nil)],
        ]
        var seen: Set<[UInt8]> = []
        for table in tables {
            for columns in texts {
                for isText in [true, false] {
                    var row = RowText()
                    row.begin(table)
                    for (column, content) in columns {
                        guard let content else { continue }
                        content.withUnsafeBytes {
                            row.append(column, isText ? .text($0) : .blob($0))
                        }
                    }
                    seen.insert(row.bytes)
                }
            }
            var row = RowText()
            row.begin(table)
            row.append(0, .integer(0x6162))
            seen.insert(row.bytes)
        }
        // NULL leaves no trace, whatever stands for it.
        #expect(seen.count == 2 * (4 * 2 + 1 + 1))
    }

    @Test("and is added and taken away with all its carries")
    func carries() {
        var sum = RowSum((.max, .max, .max, 1))
        let one = RowSum((1, 0, 0, 0))
        sum += one
        #expect(sum == RowSum((0, 0, 0, 2)))
        sum -= one
        #expect(sum == RowSum((.max, .max, .max, 1)))
        var nothing = RowSum.zero
        nothing -= one
        #expect(nothing == RowSum((.max, .max, .max, .max)))
        nothing += one
        #expect(nothing == .zero)
    }
}
