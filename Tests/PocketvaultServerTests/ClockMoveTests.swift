import AWS
import Dispatch
import HTTPServer
import Logging
import Notation
import Storage
import TestSupport
import Testing
import Threads

@testable import PocketvaultServer

/// Work that falls due every four hours, and does what a test wants.
private final class Beats: BackgroundWork {
    let vault: any Vault
    private let next: Locked<Timestamp>
    let during: Locked<(@Sendable (Timestamp) throws -> Void)?> = Locked(nil)

    static let interval: Int64 = 4 * 3_600_000

    init(_ vault: any Vault, from first: Timestamp) {
        self.vault = vault
        next = Locked(first)
    }

    func nextTime() -> Timestamp? { next.withLock { $0 } }

    func runNext(at now: Timestamp) throws -> [FiredWork] {
        try during.withLock { $0 }?(now)
        next.withLock { $0 = Timestamp(milliseconds: $0.milliseconds + Beats.interval) }
        let arn = SecretARN(scope: .here, name: "beat", suffix: "AbCdEf")
        return [FiredWork(ServiceEvent(.rotationStarted, at: now, of: arn))]
    }
}

@Suite("A clock that is on its way")
struct ClockMoveTests {
    private let scratch: ScratchVault
    private let clock: VaultClock
    private let beats: Beats
    private let scheduler: Scheduler
    private let start: Timestamp

    init() throws {
        let scratch = try ScratchVault()
        self.scratch = scratch
        start = scratch.clock.now
        clock = VaultClock(machine: { scratch.clock.now })
        beats = Beats(scratch.vault, from: start.adding(seconds: 3_600))
        scheduler = Scheduler(
            [beats],
            vault: scratch.vault,
            clock: clock,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Moves the clock to a moment, and waits for what comes of it.
    private func move(days: Int64) -> ClockMove {
        let target = start.adding(seconds: days * 86_400)
        return send { setting, real in setting.moved(to: target, at: real) }
    }

    private func send(
        _ change: @escaping @Sendable (ClockSetting, Timestamp) -> ClockSetting
    ) -> ClockMove {
        let answer = Locked<ClockMove?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        scheduler.move(change) { move in
            answer.withLock { $0 = move }
            isDone.signal()
        }
        isDone.wait()
        return answer.withLock { $0 } ?? ClockMove()
    }

    /// The time that a server would begin with if it were killed now.
    private func keptTime() throws -> Timestamp {
        let text = try scratch.vault.reading { vault throws(APIError) in
            try vault.clockSetting()
        }
        let setting = text.flatMap { ClockSetting(text: $0) } ?? .real
        return setting.time(at: clock.real)
    }

    private func time(ofBeat number: Int64) -> Timestamp {
        start.adding(seconds: 3_600 + (number - 1) * Beats.interval / 1_000)
    }

    @Test("what is kept is never behind what was done")
    func kept() throws {
        let seen = Locked<[(Timestamp, Timestamp)]>([])
        beats.during.withLock { during in
            during = { [self] now in
                let kept = try keptTime()
                seen.withLock { $0.append((now, kept)) }
            }
        }
        let move = move(days: 2)
        #expect(move.failure == nil && move.fired.count == 12)
        let pairs = seen.withLock { $0 }
        #expect(pairs.map(\.0) == (1...12).map { time(ofBeat: $0) })
        #expect(pairs.allSatisfy { $0.0 == $0.1 })
        #expect(try keptTime() == start.adding(seconds: 2 * 86_400))
    }

    @Test("an order that is ended says how far it came, and the clock runs on from there")
    func interrupted() throws {
        let third = time(ofBeat: 3)
        beats.during.withLock { during in
            during = { [scheduler] now in if now == third { scheduler.interruptMoves() } }
        }
        let move = move(days: 3_650)
        #expect(move.failure is ClockMoves.Interruption)
        #expect(move.fired.map(\.time) == (1...3).map { time(ofBeat: $0) })
        #expect(clock.now() == third && clock.setting.rate == 1)
        #expect(try keptTime() == third)
    }

    @Test("orders that wait behind one that is ended are ended too, later ones are not")
    func queued() {
        let replies = Locked<[Bool]>([])
        let isDone = DispatchSemaphore(value: 0)
        let target = start.adding(seconds: 86_400)
        beats.during.withLock { during in
            during = { [scheduler, beats] _ in
                beats.during.withLock { $0 = nil }
                for isVoid in [true, false] {
                    if !isVoid { scheduler.interruptMoves() }
                    scheduler.move { setting, real in
                        setting.moved(to: target, at: real)
                    } then: { move in
                        replies.withLock { $0.append(move.failure == nil) }
                        isDone.signal()
                    }
                }
            }
        }
        #expect(move(days: 1).failure is ClockMoves.Interruption)
        isDone.wait()
        isDone.wait()
        #expect(replies.withLock { $0 } == [false, true])
        #expect(clock.now() == target)
    }

    @Test("work that fails leaves the clock where it came to")
    func failed() throws {
        let third = time(ofBeat: 3)
        beats.during.withLock { during in
            during = { now in if now == third { throw VaultFailure("the disk is full") } }
        }
        let move = move(days: 1)
        #expect((move.failure as? VaultFailure)?.description == "the disk is full")
        #expect(move.fired.count == 2)
        #expect(clock.now() == third && clock.setting.rate == 1)
        #expect(try keptTime() == third)
        beats.during.withLock { $0 = nil }
        #expect(self.move(days: 1).fired.count == 4)
    }

    @Test("work that is due and fails is tried again a second later, not at once")
    func failedAgain() throws {
        beats.during.withLock { $0 = { _ in throw VaultFailure("the disk is full") } }
        scratch.clock.advance(days: 1)
        #expect(scheduler.doWhatIsDue() == 1_000)
        beats.during.withLock { $0 = nil }
        #expect(scheduler.doWhatIsDue() == (try scheduler.pause()))
    }

    @Test("a reset of the vault ends it, and the clock is the machine's")
    func reset() throws {
        let third = time(ofBeat: 3)
        let reset = Reset(
            vault: scratch.vault,
            seeds: .plan(try SeedPlan([])),
            isInMemory: true,
            clock: clock,
            scheduler: scheduler,
            agentCache: AgentCache { Timestamp(milliseconds: 0) },
            madeAccounts: MadeAccounts(
                in: scratch.vault,
                lifetimeMilliseconds: 1,
                now: { Timestamp(milliseconds: 0) },
                logger: Logger(label: "test")
            ),
            faults: FaultRules(clock: clock, randomness: Randomness { 0 }, quotas: nil),
            randomness: Randomness { 0 },
            underWay: SeedsUnderWay()
        )
        let status = Locked(0)
        beats.during.withLock { during in
            during = { now in
                guard now == third else { return }
                let isDone = DispatchSemaphore(value: 0)
                reset.answer(.post("{}", [ControlTests.json])) { answer in
                    status.withLock { $0 = answer.response.status }
                    isDone.signal()
                }
                isDone.wait()
            }
        }
        #expect(move(days: 3_650).failure is ClockMoves.Interruption)
        #expect(status.withLock { $0 } == 200)
        #expect(clock.setting == .real)
        #expect(try keptTime() == clock.real)
    }

    @Test(
        "the next look is when something falls due, however fast the clock runs, and in an hour at most",
        arguments: [
            (rate: Int64(1), due: Int64(1_800_000), milliseconds: 1_800_001), (1, 300, 301),
            (1, -5, 10), (1, 86_400_000, 3_600_000), (3_600, 86_400_000, 24_001),
            (3_600, 360_000, 101), (86_400, 864_000_000, 10_001), (86_400, 1_000, 10),
            (0, 200, 3_600_000),
        ]
    )
    func pause(row: (rate: Int64, due: Int64, milliseconds: Int)) throws {
        let due = Timestamp(milliseconds: start.milliseconds + row.due)
        let scheduler = Scheduler(
            [Beats(scratch.vault, from: due)],
            vault: scratch.vault,
            clock: clock,
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        )
        clock.set(ClockSetting(origin: start, time: start, rate: row.rate))
        #expect(try scheduler.pause() == row.milliseconds)
    }
}
