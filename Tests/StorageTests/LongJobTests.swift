import AWS
import Notation
import Testing
import Threads

@testable import Storage

@Suite struct LongJobTests {
    let folder: ScratchFolder
    let vault: SQLiteVault
    private let secret: Secret

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
    }

    private static let refusal = APIError.internalServiceError(cause: "a test's own")
    private let today = Timestamp.noon.startOfDay

    /// A long job that holds the write lane until it is told to end.
    private final class Holder: Sendable {
        private let opened = WakeSignal()
        private let settled = WakeSignal()

        init(
            _ vault: SQLiteVault,
            _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Void = { _ in }
        ) {
            let reached = WakeSignal()
            vault.writeAlone { [opened] vault throws(APIError) in
                reached.wake()
                opened.wait(until: nil)
                try body(vault)
            } then: { [settled] _ in
                settled.wake()
            }
            reached.wait(until: nil)
        }

        func end() {
            opened.wake()
            settled.wait(until: nil)
        }
    }

    private var access: LastAccess {
        LastAccess(secretID: secret.id, versionID: "first-version", lastAccessedAt: nil)
    }

    private func lastAccess(_ vault: SQLiteVault) throws -> Timestamp? {
        try vault.ask { vault throws(APIError) in
            try vault.open(.id("first-version"), of: secret)?.version.lastAccessedAt
        }
    }

    private func names(_ vault: SQLiteVault) throws -> [String] {
        try vault.ask { vault throws(APIError) in
            try vault.secrets(in: .home, namePrefix: "", limit: 100).map(\.name)
        }
    }

    private var notes: [ReadNote] { access.note(at: today).map { [$0] } ?? [] }

    @Test func `While a long job holds the lane a read does not wait for its note, which follows`()
        throws
    {
        let holder = Holder(vault)
        let isAnswered = Locked(false)
        vault.note(notes) { isAnswered.withLock { $0 = true } }
        #expect(isAnswered.withLock { $0 })
        #expect(try lastAccess(vault) == nil)
        holder.end()
        // A write that is queued now comes after the note.
        try vault.forgetReads()
        #expect(try lastAccess(vault) == today)
    }

    @Test func `A note waits no more when the long job itself still waits`() throws {
        let ordinary = WakeSignal()
        let reached = WakeSignal()
        vault.write { _ in
            reached.wake()
            ordinary.wait(until: nil)
        } then: { _ in
        }
        reached.wait(until: nil)
        vault.writeAlone { _ throws(APIError) in
        } then: { _ in
        }
        let isAnswered = Locked(false)
        vault.note(notes) { isAnswered.withLock { $0 = true } }
        #expect(isAnswered.withLock { $0 })
        ordinary.wake()
        vault.close()
        #expect(try lastAccess(folder.open()) == today)
    }

    @Test func `Once a long job is answered, a note is on disk before the read is answered`() throws
    {
        Holder(vault).end()
        let done = WakeSignal()
        let seen = Locked<Timestamp?>(nil)
        vault.note(notes) { [vault, secret] in
            let found = try? vault.ask { vault throws(APIError) in
                try vault.open(.id("first-version"), of: secret)?.version.lastAccessedAt
            }
            seen.withLock { $0 = found }
            done.wake()
        }
        done.wait(until: nil)
        #expect(seen.withLock { $0 } == today)
    }

    @Test func `Closing stores the notes that a long job holds up`() throws {
        let holder = Holder(vault)
        vault.note(notes) {}
        holder.end()
        vault.close()
        #expect(try lastAccess(folder.open()) == today)
    }

    @Test func `However often a version is read meanwhile, it is noted once`() {
        var inbox = WriteInbox()
        let job = WriteJob(alone: { _ throws(APIError) in }, then: { _ in })
        var kept = [inbox.keep(notes)]
        _ = inbox.add(job)
        for _ in 0..<1_000 { kept.append(inbox.keep(notes)) }
        _ = inbox.nextStep(now: 0)
        kept.append(inbox.keep(notes))
        inbox.endLongJob()
        kept.append(inbox.keep(notes))
        #expect(kept == [false] + Array(repeating: true, count: 1_001) + [false])
        guard case .commit(let notes, _) = inbox.nextStep(now: 0) else {
            Issue.record("the notes are due")
            return
        }
        #expect(notes.map(\.isAlone) == [false])
    }

    @Test func `A long job shares its commit with nobody, and keeps its place among the others`() {
        var inbox = WriteInbox()
        let short = WriteJob({ _ in }, then: { _ in })
        let long = WriteJob(alone: { _ throws(APIError) in }, then: { _ in })
        for job in [short, short, long, short] { _ = inbox.add(job) }
        _ = inbox.add(.sample("read"), now: { 0 })
        var batches: [[Bool]] = []
        var records: [Int] = []
        while case .commit(let jobs, let batch) = inbox.nextStep(now: 0) {
            batches.append(jobs.map(\.isAlone))
            records.append(batch.count)
            // One comes in the moment before the long job begins.
            if batches.count == 1 { _ = inbox.add(.sample("late"), now: { 0 }) }
        }
        #expect(batches == [[false, false], [], [true], [false]])
        #expect(records == [1, 1, 0, 0])
    }

    @Test func `A long job that throws leaves the vault as it was, and others are stored`() throws {
        let answers = Locked<[String]>([])
        let holder = Holder(vault)
        vault.write { vault in
            _ = try? vault.insertSample(.sample("before"))
        } then: { _ in
        }
        vault.writeAlone { vault throws(APIError) in
            try vault.empty(account: nil)
            try vault.insertSample(.sample("half"))
            throw LongJobTests.refusal
        } then: { result in
            if case .failure(let error) = result, error == LongJobTests.refusal {
                answers.withLock { $0.append("refused") }
            }
        }
        vault.append(.sample("read"))
        vault.write { vault in
            _ = try? vault.insertSample(.sample("after"))
        } then: { _ in
        }
        holder.end()
        vault.close()
        #expect(answers.withLock { $0 } == ["refused"])
        let reopened = try folder.open()
        #expect(try names(reopened) == ["after", "before", secret.name])
        let records = try reopened.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 9).map(\.record.requestID)
        }
        #expect(records == ["read"])
    }

    @Test func `A long job that ends the transaction is refused, and what it did is gone`() throws {
        let failure = Locked<APIError?>(nil)
        vault.writeAlone { vault throws(APIError) in
            try vault.insertSample(.sample("half"))
            // What SQLite does by itself on an I/O error.
            try? vault.connection.execute("ROLLBACK")
            try vault.insertSample(.sample("astray"))
        } then: { result in
            if case .failure(let error) = result { failure.withLock { $0 = error } }
        }
        vault.close()
        #expect(failure.withLock { $0 }?.code == .internalServiceError)
        #expect(try names(folder.open()) == [secret.name])
    }

    /// The time that a long job takes must not grow with the square of what it does; see `WriteJob`.
    @Test func `A long job runs in no savepoint`() throws {
        let isInSavepoint = Locked<Bool?>(nil)
        vault.writeAlone { vault throws(APIError) in
            let released: Void? = try? vault.connection.execute("RELEASE job")
            isInSavepoint.withLock { $0 = released != nil }
        } then: { _ in
        }
        vault.close()
        #expect(isInSavepoint.withLock { $0 } == false)
    }
}
