internal import Glibc

/// The exclusive lock of a database, on a file beside it, for as long as the object lives.
///
/// `flock`, on a file of its own: closing any descriptor of the database would drop the locks that
/// SQLite holds on it. The kernel lets go when the process ends, however it ends; the file stays,
/// because removing it would let two processes lock two files of one name.
final class VaultLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - database: the path of the database.
    ///   - patience: how many hundredths of a second to go on asking. A process that is just ending
    ///     lets go soon, and a child that was forked while the file was open holds the lock until it
    ///     has become another program.
    /// - Throws: `locked` when another process has it.
    init(beside database: String, patience: Int = 100) throws(VaultOpeningError) {
        let path = VaultLock.path(beside: database)
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .inaccessible(path, "Opening the lock file", errno: errno)
        }
        guard VaultLock.take(descriptor, patience: patience) else {
            // `deinit` runs and closes the descriptor.
            throw errno == EWOULDBLOCK
                ? .locked(database) : .inaccessible(path, "Locking", errno: errno)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private static func take(_ descriptor: Int32, patience: Int) -> Bool {
        for _ in 0..<patience {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
            guard errno == EWOULDBLOCK || errno == EINTR else { return false }
            usleep(10_000)
        }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// `vault.lock` for `vault.db`.
    static func path(beside database: String) -> String {
        let nameStart = database.lastIndex(of: "/").map(database.index(after:))
        let name = database[(nameStart ?? database.startIndex)...]
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex, name[dot...] != ".lock"
        else { return database + ".lock" }
        return database[..<dot] + ".lock"
    }
}
