internal import AWS
internal import Glibc
internal import Threads

/// Connections for reading, lent to one thread at a time.
///
/// A thread gets the one it had before, if that is free: its pages and keys are warm, and two
/// threads of the server do not wait for each other. When none is free another one is opened, so
/// a read never waits for a read.
final class Readers: Sendable {
    private struct Pool {
        var idle: [SQLiteTransaction?]
        var lentCount = 0
        var isClosed = false
    }

    private let masterKeys: MasterKeys
    private let commits: CommitCount
    private let files: VaultFiles
    private let pool: Locked<Pool>

    init(files: VaultFiles, masterKeys: MasterKeys, commits: CommitCount, count: Int) {
        self.files = files
        self.commits = commits
        self.masterKeys = masterKeys
        pool = Locked(Pool(idle: Array(repeating: nil, count: max(1, count))))
    }

    /// Has a connection used that there is already, before any read.
    func adopt(_ connection: Connection) throws(SQLiteError) {
        let reader = try reader(over: connection)
        pool.withLock { $0.idle[0] = reader }
    }

    /// Runs `body` on one consistent state of the database.
    func read(_ body: (any VaultReading) -> Void) throws(VaultFailure) {
        let home = homeOfThisThread
        let reader = try take(home)
        var isUsable = false
        defer { giveBack(isUsable ? reader : nil, home) }
        do {
            try reader.read(body)
            isUsable = true
        } catch {
            throw files.loss.map { VaultFailure($0) } ?? VaultFailure("\(error)")
        }
    }

    /// Refuses reads from now on and closes the connections, the lent ones as they come back.
    func close() {
        pool.withLock { pool in
            pool.isClosed = true
            pool.idle = pool.idle.map { _ in nil }
        }
    }

    /// Waits for the reads in flight; they are short, and one that is not done in half a second
    /// loses its file.
    func waitUntilIdle() {
        let deadline = WakeSignal.now + 500_000_000
        while pool.withLock({ $0.lentCount > 0 }), WakeSignal.now < deadline {
            usleep(200)
        }
    }

    private func take(_ home: Int) throws(VaultFailure) -> SQLiteTransaction {
        if let loss = files.lossOfRows { throw VaultFailure(loss) }
        let idle = try pool.withLock { pool throws(VaultFailure) -> SQLiteTransaction? in
            guard !pool.isClosed else { throw .closed }
            pool.lentCount += 1
            for offset in pool.idle.indices {
                let place = (home + offset) % pool.idle.count
                if let reader = pool.idle[place].take() { return reader }
            }
            return nil
        }
        if let idle { return idle }
        do {
            // One more connection would have what is there now.
            if let loss = files.loss { throw VaultFailure(loss) }
            return try reader(over: try Connection.reading(files.path))
        } catch {
            giveBack(nil, home)
            throw (error as? VaultFailure) ?? VaultFailure("\(error)")
        }
    }

    private func reader(over connection: Connection) throws(SQLiteError) -> SQLiteTransaction {
        try connection.mapFile()
        let reader = SQLiteTransaction(connection, masterKeys, cache: ReadCache(commits))
        reader.files = files
        return reader
    }

    /// Takes a reader back, or nothing for one that is of no more use.
    private func giveBack(_ reader: SQLiteTransaction?, _ home: Int) {
        pool.withLock { pool in
            pool.lentCount -= 1
            guard let reader, !pool.isClosed else { return }
            for offset in pool.idle.indices {
                let place = (home + offset) % pool.idle.count
                if pool.idle[place] == nil {
                    pool.idle[place] = reader
                    return
                }
            }
        }
    }

    /// The place of this thread's connection; threads share one only by chance.
    private var homeOfThisThread: Int {
        // The identity is an address: its low bits are the same for all threads.
        let mixed = UInt64(pthread_self()) >> 12 &* 0x9E37_79B9_7F4A_7C15
        return Int(mixed >> 48)
    }
}
