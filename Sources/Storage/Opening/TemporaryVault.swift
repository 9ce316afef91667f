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
        let names = [
            "vault.db", "vault.db-wal", "vault.db-shm", "vault.db-journal", "vault.lock",
            // What clients of a server in memory are to trust.
            "tls-ca.pem", "tls-bundle.pem", "tls-ca.pem.new", "tls-bundle.pem.new",
        ]
        for name in names {
            unlink(folder + "/" + name)
        }
        rmdir(folder)
    }

    private static let sharedMemory = "/dev/shm"
    private static let prefix = "pocketvault-"

    /// Removes what processes left that were killed: their locks are gone with them.
    private static func removeAbandoned(in place: String) {
        guard let directory = opendir(place) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasPrefix(prefix) else { continue }
            let abandoned = TemporaryVault(folder: "\(place)/\(name)")
            // Of another user, or still in use: neither can be locked.
            guard access(VaultLock.path(beside: abandoned.database), R_OK | W_OK) == 0,
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
