import AWS
import Glibc
import Testing
import Threads

@testable import Storage

@Suite struct WriterTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// Holds the writer back while jobs gather, so that they share one commit.
    private final class Gate: Sendable {
        private let opened = WakeSignal()
        private let reached = WakeSignal()

        init(_ vault: SQLiteVault) {
            vault.write { [opened, reached] _ in
                reached.wake()
                opened.wait(until: nil)
            } then: { _ in
            }
            reached.wait(until: nil)
        }

        func open() { opened.wake() }
    }

    /// Queues a job that inserts a secret, or does something else, and collects what comes of it.
    private func submit(
        _ name: String,
        to vault: SQLiteVault,
        _ outcomes: Locked<[String: String]>,
        _ body: @escaping @Sendable (any VaultWriting) throws -> Void = { _ in }
    ) {
        vault.write { vault in
            do {
                try vault.atomically { vault throws(APIError) in
                    _ = try vault.insertSample(.sample(name))
                }
                try body(vault)
                return "stored"
            } catch {
                return "refused"
            }
        } then: { result in
            outcomes.withLock { outcomes in
                switch result {
                case .success(let answer): outcomes[name] = answer
                case .failure(let failure): outcomes[name] = "failed: \(failure)"
                }
            }
        }
    }

    private func names(in vault: SQLiteVault) throws -> [String] {
        try vault.ask { vault throws(APIError) in
            try vault.secrets(in: .home, namePrefix: "", limit: 10_000).map(\.name)
        }
    }

    @Test func `What 64 threads were told is stored is there after reopening`() throws {
        let vault = try folder.open()
        let outcomes = Locked<[String: String]>([:])
        onThreads(64) { thread in
            for number in 0..<10 {
                submit("\(thread)/\(number)", to: vault, outcomes)
            }
        }
        vault.close()
        let acknowledged = outcomes.withLock { $0.filter { $0.value == "stored" }.map(\.key) }
        #expect(acknowledged.count == 640)
        let stored = try names(in: folder.open())
        #expect(stored == acknowledged.sorted())
    }

    @Test func `When an error ends the transaction, each job of the batch gets another try`() throws
    {
        let vault = try folder.open()
        let outcomes = Locked<[String: String]>([:])
        let gate = Gate(vault)
        submit("a", to: vault, outcomes)
        submit("b", to: vault, outcomes) { vault in
            // What SQLite does by itself on an I/O error.
            try vault.connection.execute("ROLLBACK")
            // Must not be committed by itself, outside of any transaction.
            try? vault.append(.sample("astray"))
        }
        submit("c", to: vault, outcomes)
        vault.append(.sample("read"))
        gate.open()
        vault.close()
        #expect(outcomes.withLock { $0["a"] } == "stored")
        #expect(outcomes.withLock { $0["b"] }?.hasPrefix("failed") == true)
        #expect(outcomes.withLock { $0["c"] } == "stored")
        let reopened = try folder.open()
        #expect(try names(in: reopened) == ["a", "c"])
        let records = try reopened.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 9).map(\.record)
        }
        #expect(records.map(\.requestID) == ["read"])
    }

    @Test func `An error that comes once costs nobody an answer`() throws {
        let vault = try folder.open()
        let outcomes = Locked<[String: String]>([:])
        let failures = Locked(0)
        let gate = Gate(vault)
        submit("a", to: vault, outcomes)
        submit("b", to: vault, outcomes) { vault in
            let isFirst = failures.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst { try vault.connection.execute("ROLLBACK") }
        }
        gate.open()
        vault.close()
        #expect(outcomes.withLock { $0 } == ["a": "stored", "b": "stored"])
    }

    @Test func `On a full disk what fits is stored and what does not is refused`() throws {
        let vault = try folder.open()
        let outcomes = Locked<[String: String]>([:])
        let gate = Gate(vault)
        submit("fits", to: vault, outcomes) { vault in
            let pages = try vault.connection.integer("PRAGMA page_count")
            try vault.connection.execute("PRAGMA max_page_count = \(pages + 12)")
        }
        submit("too-large", to: vault, outcomes) { vault in
            let text = String(repeating: "x", count: 200_000)
            try vault.append(.sample(text))
        }
        submit("fits-too", to: vault, outcomes)
        gate.open()
        vault.close()
        #expect(outcomes.withLock { $0["fits"] } == "stored")
        #expect(outcomes.withLock { $0["fits-too"] } == "stored")
        let refusal = try #require(outcomes.withLock { $0["too-large"] })
        #expect(refusal != "stored")
        let stored = try names(in: folder.open())
        #expect(stored.contains("fits") && stored.contains("fits-too"))
    }

    @Test func `A commit that fails is told to everyone in it`() throws {
        let vault = try folder.open()
        let outcomes = Locked<[String: String]>([:])
        let gate = Gate(vault)
        submit("a", to: vault, outcomes)
        submit("b", to: vault, outcomes) { vault in
            // A broken reference that only the commit notices.
            try vault.connection.execute("PRAGMA defer_foreign_keys = ON")
            try vault.connection.execute("INSERT INTO tag VALUES (999, 0, 'a', 'b')")
        }
        vault.append(.sample("read"))
        gate.open()
        while outcomes.withLock({ $0.count }) < 2 { usleep(1_000) }
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("later")) }
        #expect(outcomes.withLock { $0["a"] }?.hasPrefix("failed") == true)
        #expect(outcomes.withLock { $0["b"] }?.hasPrefix("failed") == true)
        #expect(vault.droppedAuditRecords == 1)
        #expect(try names(in: vault) == ["later"])
    }

    @Test func `What was acknowledged before a crash is there afterwards`() async throws {
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let vault = try SQLiteVault.open(
                VaultConfiguration(
                    path: path + "/vault.db",
                    masterKey: .file(path + "/vault.key")
                )
            )
            for number in 0..<20 {
                try vault.change { vault throws(APIError) in
                    try vault.insertSample(.sample("\(number)"))
                }
            }
            kill(getpid(), SIGKILL)
        }
        let reopened = try folder.open(masterKey: .file(path + "/vault.key"))
        #expect(try names(in: reopened).count == 20)
    }

    @Test func `A closed vault refuses reads and writes and can be closed again`() throws {
        let vault = try folder.open()
        vault.close()
        vault.close()
        #expect(throws: VaultFailure.self) { try vault.read { _ in } }
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in try vault.insertSample() }
        }
        #expect(error?.cause == VaultFailure.closed.description)
        vault.append(.sample("late"))
        #expect(vault.droppedAuditRecords == 1)
    }

    @Test func `Closing leaves one file and its lock`() throws {
        let vault = try folder.open()
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        _ = try names(in: vault)
        vault.close()
        #expect(Set(ScratchFolder.names(in: folder.path)) == ["vault.db", "vault.lock"])
    }

    @Test func `A vault may be let go, even closed, in an answer of its own writer`() throws {
        let done = WakeSignal()
        let holder = Locked<SQLiteVault?>(try folder.open())
        holder.withLock { $0 }?.write { _ in
        } then: { _ in
            holder.withLock { $0?.close() }
            holder.withLock { $0 = nil }
            done.wake()
        }
        done.wait(until: nil)
        while (try? folder.open()) == nil { usleep(1_000) }
    }
}

/// Runs `body` on so many threads at once and waits for them.
func onThreads(_ count: Int, _ body: (Int) -> Void) {
    withoutActuallyEscaping(body) { body in
        let threads = (0..<count).map { index in
            let context = Unmanaged.passRetained(ThreadBody { body(index) })
            var thread = pthread_t()
            pthread_create(&thread, nil, runThread, context.toOpaque())
            return thread
        }
        for thread in threads {
            pthread_join(thread, nil)
        }
    }
}

private final class ThreadBody {
    let run: () -> Void

    init(_ run: @escaping () -> Void) {
        self.run = run
    }
}

private func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    context.map { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue().run() }
    return nil
}
