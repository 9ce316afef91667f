internal import Glibc

/// A file that a server writes beside its vault.
enum WholeFile {
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

    /// Why not, in the words of the system for what just failed.
    static func failure(_ what: String, _ path: String) -> StartError {
        // The text of an error number is a constant of the C library.
        StartError(description: "\(path) \(what): \(unsafe String(cString: strerror(errno)))")
    }
}
