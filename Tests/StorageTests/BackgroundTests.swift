import AWS
import Notation
import Testing

@testable import Storage

@Suite struct BackgroundTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    /// Makes a secret whose recovery window ends some days after noon.
    private func schedule(_ name: String, account: String, days: Int64) throws {
        let scope = Scope(account: account, region: "eu-west-1")
        try vault.change { vault throws(APIError) in
            let made = try vault.insert(.sample(name, scope: scope))
            try vault.update(
                Secret(
                    id: made.id,
                    arn: made.arn,
                    description: "",
                    kmsKeyID: "",
                    createdAt: made.createdAt,
                    lastChangedAt: made.createdAt,
                    deletedAt: made.createdAt,
                    purgeAt: made.createdAt.adding(days: days)
                )
            )
        }
    }

    @Test func `The next to purge is the secret whose window ends first, in any account`() throws {
        #expect(try vault.ask { vault throws(APIError) in try vault.nextToPurge() } == nil)
        try vault.change { vault throws(APIError) in _ = try vault.insertSample() }
        #expect(try vault.ask { vault throws(APIError) in try vault.nextToPurge() } == nil)
        try schedule("late", account: "000000000000", days: 30)
        try schedule("early", account: "111111111111", days: 7)
        let next = try vault.ask { vault throws(APIError) in try vault.nextToPurge() }
        #expect(next?.name == "early")
        #expect(next?.arn.scope == Scope(account: "111111111111", region: "eu-west-1"))
        #expect(next?.purgeAt == Timestamp.noon.adding(days: 7))
    }

    @Test func `The clock's setting is kept, replaced and forgotten`() throws {
        func kept(_ vault: SQLiteVault) throws -> String? {
            try vault.ask { vault throws(APIError) in try vault.clockSetting() }
        }
        #expect(try kept(vault) == nil)
        for setting in ["first", "second"] {
            try vault.change { vault throws(APIError) in try vault.setClockSetting(setting) }
        }
        vault.close()
        let reopened = try folder.open()
        #expect(try kept(reopened) == "second")
        try reopened.change { vault throws(APIError) in try vault.setClockSetting(nil) }
        #expect(try kept(reopened) == nil)
    }
}
