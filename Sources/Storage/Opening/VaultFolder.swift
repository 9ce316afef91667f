internal import Glibc

/// The folders that vaults live in.
enum VaultFolder {
    /// The folder part of a path; `.` when it has none.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes the folder for this user alone, and those above it; says whether it did.
    @discardableResult
    static func makeIfMissing(_ path: String) throws(VaultOpeningError) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return false }
        if path != ".", path != "/" { try makeIfMissing(parent(of: path)) }
        guard mkdir(path, 0o700) == 0, chmod(path, 0o700) == 0 else {
            if errno == EEXIST { return false }
            throw .inaccessible(path, "Making the folder", errno: errno)
        }
        return true
    }

    /// Keeps a folder of our own out of version control, so that no vault is committed by accident.
    static func ignoreInGit(_ path: String) {
        let descriptor = Glibc.open(
            path + "/.gitignore",
            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
            0o600
        )
        // The vault works without it.
        guard descriptor >= 0 else { return }
        _ = Glibc.write(descriptor, "*\n", 2)
        close(descriptor)
    }

    /// Makes the names in a folder durable.
    static func synchronize(_ path: String) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// The path without symbolic links, so that two names of a file share one lock.
    ///
    /// The folder must be there, the file need not.
    static func resolve(_ path: String) throws(VaultOpeningError) -> String {
        if let resolved = realPath(path) { return resolved }
        let folder = parent(of: path)
        guard let resolved = realPath(folder) else {
            throw .inaccessible(folder, "Opening the folder", errno: errno)
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return resolved == "/" ? "/" + name : resolved + "/" + name
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
