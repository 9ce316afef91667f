internal import AWS
internal import Glibc
internal import Notation
internal import Threads

/// The write lane: one thread that drains what has gathered into one commit.
///
/// A commit waits for the disk; sharing that wait is what makes durable writes cheap. Answers are
/// given after the commit, on this thread.
final class Writer: Sendable {
    private let inbox = Locked(WriteInbox())
    private let signal = WakeSignal()
    /// Nil once the vault is closed.
    private let batch: Locked<WriteBatch?>
    private let thread = Locked<WorkerThread?>(nil)
    /// Lets go of what the connection needed; nil once that is done.
    private let whenClosed: Locked<(@Sendable () -> Void)?>
    private let followers = Locked<[@Sendable () -> Void]>([])

    init(_ batch: sending WriteBatch, whenClosed: @escaping @Sendable () -> Void) {
        self.batch = Locked(batch)
        self.whenClosed = Locked(whenClosed)
    }

    /// Starts the thread, which lives until `stop`.
    func start() throws(VaultFailure) {
        // Signals are for the threads of the server; those of faults stay with the thread.
        var blocked = sigset_t()
        var former = sigset_t()
        sigfillset(&blocked)
        for fault in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT] {
            sigdelset(&blocked, fault)
        }
        pthread_sigmask(SIG_SETMASK, &blocked, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        guard let started = WorkerThread({ [self] in run() }) else {
            throw VaultFailure("the system has no thread left for the writer")
        }
        thread.withLock { $0 = started }
    }

    /// Queues a job, or refuses it when the vault is closed.
    func submit(_ job: WriteJob) {
        let (isTaken, mustWake) = inbox.withLock { inbox in
            let isTaken = inbox.add(job)
            return (isTaken, isTaken && inbox.claimWakeUp())
        }
        if mustWake { signal.wake() }
        if !isTaken { job.refuse(.closed) }
    }

    /// Notes that values were read: in a job that is waited for, unless a long one is ahead of it.
    func note(
        _ notes: [ReadNote],
        then: @escaping @Sendable () -> Void
    ) {
        let job = WriteJob(noting: notes, then: then)
        let (isKept, isTaken, mustWake) = inbox.withLock { inbox in
            if inbox.keep(notes) { return (true, false, false) }
            let isTaken = inbox.add(job)
            return (false, isTaken, isTaken && inbox.claimWakeUp())
        }
        if isKept { return then() }
        if mustWake { signal.wake() }
        if !isTaken { job.refuse(.closed) }
    }

    /// Queues the record of a read, or counts it as dropped.
    func append(_ record: AuditRecord) {
        let (mustWake, settled) = inbox.withLock { inbox in
            let isDue = inbox.add(record, now: { WakeSignal.now })
            return (isDue && inbox.claimWakeUp(), inbox.takeSettled())
        }
        if mustWake { signal.wake() }
        // Outside the lock.
        withExtendedLifetime(settled) {}
    }

    /// Has `follower` called whenever a batch is settled.
    func follow(_ follower: @escaping @Sendable () -> Void) {
        followers.withLock { $0.append(follower) }
    }

    /// How many records of reads were lost to a full queue or a full disk.
    var droppedRecords: Int { inbox.withLock { $0.droppedRecords } }

    /// Empties the WAL between two batches.
    func emptyWAL() {
        batch.withLock { $0?.emptyWAL() }
    }

    /// Commits what is queued, ends the thread and closes the connection.
    func stop() {
        inbox.withLock { $0.close() }
        signal.wake()
        // An answer, which the thread itself gives, may stop it: then it gives the others and ends.
        thread.withLock { $0.take() }?.join()
    }

    /// What the thread does.
    private func run() {
        var work = 0
        while true {
            switch inbox.withLock({ $0.nextStep(now: WakeSignal.now) }) {
            case .commit(let jobs, let records):
                work += jobs.count + records.count
                settle(jobs, records)
            case .wait(nil) where work > Writer.muchWork:
                guard !signal.wait(until: WakeSignal.now + Writer.rest) else { continue }
                // Each call leaves a record, so nobody calls.
                _ = inbox.withLock { $0.settle([]) }
                Heap.trim()
                work = 0
            case .wait(let deadline): signal.wait(until: deadline)
            case .stop: return close()
            }
        }
    }

    /// In calls.
    private static let muchWork = 1_000
    /// In nanoseconds.
    private static let rest: UInt64 = 1_000_000_000

    private func settle(_ jobs: [WriteJob], _ records: [AuditRecord]) {
        let settlement = batch.withLock { $0?.settle(jobs, records) }
        guard let settlement else { return }
        let former = inbox.withLock { inbox in
            inbox.droppedRecords += settlement.droppedRecords
            // Before the answer: who has it finds the lane free.
            if jobs.first?.isAlone == true { inbox.endLongJob() }
            return records.isEmpty ? [] : inbox.settle(records)
        }
        // Outside the lock.
        withExtendedLifetime(former) {}
        for completion in settlement.completions {
            completion()
        }
        for follower in followers.withLock({ $0 }) {
            follower()
        }
    }

    private func close() {
        followers.withLock { $0 = [] }
        batch.withLock { batch in
            // What is in the WAL goes into the database, so that the one file is the vault; a read
            // that still goes on is not waited for.
            batch?.close()
            batch = nil
        }
        whenClosed.withLock { $0.take() }?()
    }
}

extension VaultFailure {
    static let closed = VaultFailure("the vault is closed")
}
