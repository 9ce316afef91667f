import AWS
import Dispatch
import JSON
import Logging
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

@Suite("How long the audit trail keeps records")
struct AuditRetentionTests {
    private let scratch: ScratchVault
    private let retention: AuditRetention

    init() throws {
        scratch = try ScratchVault()
        retention = AuditRetention(vault: scratch.vault, days: 30)
        try scratch.call(.createSecret, ["Name": "old"])
    }

    private func verify() throws -> AuditVerification {
        try scratch.vault.verifyAudit()
    }

    @Test("old records are forgotten a day at a time, and the chain goes on")
    func trimming() throws {
        scratch.clock.advance(milliseconds: 86_400_000)
        try scratch.call(.createSecret, ["Name": "a-day-later"])
        let due = try #require(try retention.nextTime())
        let now = scratch.clock.now
        #expect(due > now.adding(seconds: 28 * 86_400) && due <= now.adding(seconds: 30 * 86_400))
        scratch.clock.advance(milliseconds: 31 * 86_400_000)
        try scratch.call(.createSecret, ["Name": "new"])
        #expect(try retention.runNext(at: scratch.clock.now).isEmpty)
        let records = try scratch.auditRecords()
        #expect(records.compactMap(\.resourceARN).allSatisfy { $0.contains("new") })
        let verification = try verify()
        #expect(verification.fault == nil && verification.chained == 1)
    }

    @Test("the newest record stays, however old it is, and nothing falls due for it")
    func newest() throws {
        #expect(try retention.nextTime() == nil)
        scratch.clock.advance(milliseconds: 365 * 86_400_000)
        #expect(try retention.nextTime() == nil)
        #expect(try retention.runNext(at: scratch.clock.now).isEmpty)
        #expect(try scratch.auditRecords().count == 1)
        #expect(try verify().fault == nil)
    }

    @Test("a clock that goes years ahead arrives, and a record a day is forgotten on the way")
    func clock() throws {
        let clock = VaultClock(machine: { [scratch] in scratch.clock.now })
        let scheduler = Scheduler(
            [retention],
            vault: scratch.vault,
            clock: clock,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        for name in ["b", "c"] {
            scratch.clock.advance(milliseconds: 86_400_000)
            try scratch.call(.createSecret, ["Name": .string(name)])
        }
        let target = scratch.clock.now.adding(seconds: 3_650 * 86_400)
        let failure = Locked<(any Error)?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        scheduler.move { setting, real in
            setting.moved(to: target, at: real)
        } then: { move in
            failure.withLock { $0 = move.failure }
            isDone.signal()
        }
        isDone.wait()
        #expect(failure.withLock { $0 } == nil)
        #expect(clock.now() == target)
        #expect(try scratch.auditRecords().count == 1)
        #expect(try verify().fault == nil)
    }
}
