internal import Glibc

/// A copy of a vault, as it was at one moment: one file, which the vault's own master key opens.
///
/// SQLite writes it from a read of its own (`VACUUM INTO`), so it is consistent while others write,
/// here or in another process, and holds nothing of what was deleted. Values in it are sealed as they
/// are in the vault; the master key is not in it.
package enum VaultCopy {
    /// Makes a copy that nothing is replaced by: whole, on disk, for this user alone.
    ///
    /// - Parameters:
    ///   - database: of the vault, served or not.
    ///   - path: where there is nothing yet.
    /// - Throws: one line that says what to do; there is no copy then.
    package static func make(of database: String, at path: String) throws(VaultOpeningError) {
        guard access(path, F_OK) != 0 else { throw .occupied(path) }
        let draft = try write(database, toDraftOf: path)
        defer { unlink(draft) }
        // Like a rename, but it never replaces what came in between.
        guard link(draft, path) == 0 else {
            throw errno == EEXIST
                ? .occupied(path) : .inaccessible(path, "Making the copy", errno: errno)
        }
        VaultFolder.synchronize(VaultFolder.parent(of: path))
    }

    /// Makes a copy that has no name any more.
    ///
    /// - Parameter database: of the vault.
    /// - Returns: a descriptor to read it by, which the caller closes.
    /// - Throws: one line that says why there is no copy.
    static func open(of database: String) throws(VaultOpeningError) -> Int32 {
        let draft = try write(database, toDraftOf: database + ".copy")
        defer { unlink(draft) }
        let descriptor = Glibc.open(draft, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .inaccessible(draft, "Reading the copy", errno: errno)
        }
        return descriptor
    }

    /// Writes the copy to a new file beside the one that it is to be.
    private static func write(
        _ database: String,
        toDraftOf path: String
    ) throws(VaultOpeningError) -> String {
        var template = Array("\(path).XXXXXX".utf8CString)
        // 0600, and empty: SQLite writes into no other file.
        let descriptor = mkstemp(&template)
        guard descriptor >= 0, fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 else {
            throw .inaccessible(path, "Making the copy", errno: errno)
        }
        defer { close(descriptor) }
        let draft = template.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        do {
            _ = try VaultFile.size(of: VaultFolder.resolve(database))
            let connection = try Connection(path: database, for: .reading)
            guard try VaultFile.checkIdentity(of: connection, database) > 0 else {
                throw VaultOpeningError.foreign(database)
            }
            try connection.run(once: "VACUUM INTO ?1", draft)
            // Which SQLite does not do for a copy.
            guard fsync(descriptor) == 0 else {
                throw VaultOpeningError.inaccessible(path, "Making the copy", errno: errno)
            }
            return draft
        } catch {
            unlink(draft)
            throw translated(error, database)
        }
    }

    private static func translated(_ error: any Error, _ database: String) -> VaultOpeningError {
        if let error = error as? VaultOpeningError { return error }
        return access(database, F_OK) == 0 ? .uncopied(database, error) : .missing(database)
    }
}

extension SQLiteVault {
    /// A copy of the vault as it is now, which has no name.
    ///
    /// It takes its time, and waits for no write.
    ///
    /// - Returns: a descriptor to read it by, which the caller closes.
    /// - Throws: one line that says why there is no copy.
    package func openCopy() throws(VaultOpeningError) -> Int32 {
        try VaultCopy.open(of: rotation.path)
    }
}
