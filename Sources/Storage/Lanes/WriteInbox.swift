internal import AWS
internal import Notation

/// What waits for the writer, and when the writer must look at it.
struct WriteInbox {
    /// What the writer does next.
    enum Step {
        case commit([WriteJob], [AuditRecord])
        /// Wait for a wake-up, or until the moment when records of reads are due.
        case wait(until: UInt64?)
        case stop
    }

    /// So many in one commit that the disk's part of each is small, and few enough that running
    /// them again one by one, after an error, is soon done.
    private static let batchLimit = 512
    /// Reads that are recorded later than this many others wait are not recorded.
    static let recordLimit = 16_384
    /// Half of the 100 ms that a record may wait: a commit takes its time too.
    private static let recordDelay: UInt64 = 50_000_000

    private var jobs: [WriteJob] = []
    /// How many jobs that are alone wait or are under way.
    private var longJobs = 0
    /// What was read meanwhile, each thing once.
    private var keptNotes: [String: ReadNote] = [:]
    private var records: [AuditRecord] = []
    private var recordsDue: UInt64 = 0
    /// Records that are in the trail: see `takeSettled`.
    private var settled: [AuditRecord] = []
    private var isWriterAsleep = false
    private(set) var isClosed = false
    var droppedRecords = 0

    /// Takes a job, or says that the vault is closed.
    mutating func add(_ job: WriteJob) -> Bool {
        guard !isClosed else { return false }
        jobs.append(job)
        if job.isAlone { longJobs += 1 }
        return true
    }

    /// Keeps notes of reads until no job that is alone is left, or says that there is none.
    mutating func keep(_ notes: [ReadNote]) -> Bool {
        guard longJobs > 0 else { return false }
        for note in notes { keptNotes[note.key] = note }
        return true
    }

    /// A job that was alone is settled.
    mutating func endLongJob() {
        longJobs -= 1
        guard longJobs == 0, !keptNotes.isEmpty else { return }
        jobs.append(WriteJob(noting: Array(keptNotes.values)))
        keptNotes = [:]
    }

    /// Takes the record of a read; says whether the writer should know.
    mutating func add(_ record: AuditRecord, now: () -> UInt64) -> Bool {
        guard !isClosed, records.count < WriteInbox.recordLimit else {
            droppedRecords += 1
            return false
        }
        records.append(record)
        if records.count == 1 {
            recordsDue = now() + WriteInbox.recordDelay
            return true
        }
        if records.count == WriteInbox.recordLimit / 2 {
            recordsDue = 0
            return true
        }
        return false
    }

    /// One of the records that are in the trail, for who adds another one to let go of.
    ///
    /// What a thread frees it uses again at once. The writer would have to give it back to the heap of the
    /// thread that made it, and the two would wait for each other there.
    mutating func takeSettled() -> AuditRecord? {
        settled.popLast()
    }

    /// Takes the records that are in the trail now.
    ///
    /// - Returns: those of the time before that nobody let go of.
    mutating func settle(_ records: [AuditRecord]) -> [AuditRecord] {
        defer { settled = records }
        return settled
    }

    mutating func close() {
        isClosed = true
    }

    /// Whether the writer sleeps and has not been woken yet; it counts as woken from now on.
    mutating func claimWakeUp() -> Bool {
        defer { isWriterAsleep = false }
        return isWriterAsleep
    }

    mutating func nextStep(now: UInt64) -> Step {
        isWriterAsleep = false
        let areRecordsDue = !records.isEmpty && (isClosed || now >= recordsDue)
        if !jobs.isEmpty || areRecordsDue {
            let batch = nextBatch
            jobs.removeFirst(batch.count)
            defer { records.removeAll(keepingCapacity: true) }
            return .commit(batch, records)
        }
        if isClosed { return .stop }
        isWriterAsleep = true
        return .wait(until: records.isEmpty ? nil : recordsDue)
    }

    /// The jobs of the next commit: one that is alone has it to itself, after the records that wait.
    private var nextBatch: [WriteJob] {
        if let first = jobs.first, first.isAlone { return records.isEmpty ? [first] : [] }
        return Array(jobs.prefix(WriteInbox.batchLimit).prefix { !$0.isAlone })
    }
}
