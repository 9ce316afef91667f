internal import Glibc
internal import System

/// The folder of a `:memory:` vault, in memory where the system has a place for that.
///
/// A real file all the same: SQLite's own in-memory databases starve readers beside a writer.
struct TemporaryVault: Sendable {
    let folder: String

    var database: String { folder + "/vault.db" }

    /// Makes the folder; `fallback` is where to go without /dev/shm.
    init(fallback: String) throws(VaultOpeningError) {
        for place in [TemporaryVault.sharedMemory, fallback] where TemporaryVault.hasRoom(place) {
            TemporaryVault.removeAbandoned(in: place)
            // Under this name no other process takes it for abandoned before it is locked.
            var template = Array("\(place)/.\(TemporaryVault.prefix)XXXXXX".utf8CString)
            guard mkdtemp(&template) != nil else { continue }
            folder = template.withUnsafeBufferPointer { buffer in
                buffer.baseAddress.map { String(cString: $0) } ?? ""
            }
            return
        }
        throw .inaccessible(fallback, "Making a folder for a vault in memory in", errno: errno)
    }

    init(folder: String) {
        self.folder = folder
    }

    /// Gives the folder, once the vault in it is locked, the name that shows whose it is.
    func named() -> TemporaryVault {
        let unique = folder.suffix(6)
        let name = "\(VaultFolder.parent(of: folder))/\(TemporaryVault.prefix)\(unique)"
        return rename(folder, name) == 0 ? TemporaryVault(folder: name) : self
    }

    /// Removes the vault, and whatever a server put beside it.
    func remove() { Files.remove(folder) }

    private static let sharedMemory = "/dev/shm"
    private static let prefix = "pocketvault-"

    /// Removes what processes left that were killed: their locks are gone with them.
    private static func removeAbandoned(in place: String) {
        for name in Files.names(in: place) ?? [] where name.hasPrefix(prefix) {
            let abandoned = TemporaryVault(folder: "\(place)/\(name)")
            // Everybody may make a link there, which might lead to a vault that is not served just now. One
            // that is in use cannot be locked.
            guard Files.isOwnFolder(abandoned.folder),
                access(VaultLock.path(beside: abandoned.database), R_OK | W_OK) == 0,
                (try? VaultLock(beside: abandoned.database, patience: 0)) != nil
            else { continue }
            abandoned.remove()
        }
    }

    /// Whether there is a writable folder with room for a small vault; containers give /dev/shm
    /// little.
    private static func hasRoom(_ place: String) -> Bool {
        var room = statvfs()
        guard access(place, W_OK) == 0, statvfs(place, &room) == 0 else { return false }
        return UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 32 << 20
    }
}
