internal import Glibc

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

    func remove() {
        // Whatever a server put beside its vault goes with it.
        for name in TemporaryVault.names(in: folder) { unlink(folder + "/" + name) }
        rmdir(folder)
    }

    private static let sharedMemory = "/dev/shm"
    private static let prefix = "pocketvault-"

    /// Removes what processes left that were killed: their locks are gone with them.
    private static func removeAbandoned(in place: String) {
        for name in names(in: place) where name.hasPrefix(prefix) {
            let abandoned = TemporaryVault(folder: "\(place)/\(name)")
            // Of another user, or still in use: neither can be locked.
            guard access(VaultLock.path(beside: abandoned.database), R_OK | W_OK) == 0,
                (try? VaultLock(beside: abandoned.database, patience: 0)) != nil
            else { continue }
            abandoned.remove()
        }
    }

    /// What is in a folder; nothing where that cannot be read.
    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
            )
        }
        return names
    }

    /// Whether there is a writable folder with room for a small vault; containers give /dev/shm
    /// little.
    private static func hasRoom(_ place: String) -> Bool {
        var room = statvfs()
        guard access(place, W_OK) == 0, statvfs(place, &room) == 0 else { return false }
        return UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 32 << 20
    }
}
