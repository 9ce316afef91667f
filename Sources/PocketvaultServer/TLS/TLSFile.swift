internal import Glibc

/// A file with a certificate or a key in it.
enum TLSFile {
    /// Longer ones are something else; a system's own certificates have a few hundred KiB.
    private static let greatestSize = 8 << 20

    /// What is in a file.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - isSecret: whether nobody but its owner may be able to read it.
    /// - Returns: its bytes.
    /// - Throws: why it cannot be read.
    static func read(_ path: String, isSecret: Bool = false) throws(StartError) -> [UInt8] {
        // Reads the text that it is given as a path, and no further; waits for no pipe.
        let descriptor = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot be read", path) }
        defer { close(descriptor) }
        var status = stat()
        // Fills the one structure that it is given.
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= greatestSize
        else { throw StartError(description: "\(path) is no file of a certificate or a key") }
        guard !isSecret || status.st_mode & (S_IRWXG | S_IRWXO) == 0 else {
            throw StartError(
                description: "\(path) can be read by other users, and is secret: chmod 600 \(path)"
            )
        }
        var bytes = [UInt8](repeating: 0, count: status.st_size)
        // Writes into the array, no more than its count.
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        guard count >= 0 else { throw failure("cannot be read", path) }
        return Array(bytes.prefix(count))
    }

    /// Makes a file, whole or not at all; one that is there stays, unless it is to be replaced.
    static func make(
        _ path: String,
        _ bytes: [UInt8],
        mode: mode_t,
        replaces: Bool = false
    ) throws(StartError) {
        let draft = path + ".new"
        // These read the texts that they are given as paths, and no further.
        _ = unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("cannot be made", path) }
        // The pointer does not leave the call, and the count is that of its bytes.
        let count = unsafe write(descriptor, bytes, bytes.count)
        let isWritten = count == bytes.count && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        let isThere =
            if !isWritten {
                false
            } else if replaces {
                unsafe rename(draft, path) == 0
            } else {
                unsafe link(draft, path) == 0
            }
        let reason = isWritten ? errno : code
        _ = unsafe unlink(draft)
        guard isThere else {
            errno = reason
            throw failure("cannot be made", path)
        }
    }

    private static func failure(_ what: String, _ path: String) -> StartError {
        // The text of an error number is a constant of the C library.
        StartError(description: "\(path) \(what): \(unsafe String(cString: strerror(errno)))")
    }
}
