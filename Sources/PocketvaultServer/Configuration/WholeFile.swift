internal import Glibc

/// A file that a server writes, whole or not at all.
enum WholeFile {
    /// Makes a file beside the vault; one that is there stays, unless it is to be replaced.
    static func make(
        _ path: String,
        _ bytes: [UInt8],
        mode: mode_t,
        replaces: Bool = false
    ) throws(StartError) {
        let code = put(bytes, at: path, by: path + ".new", mode: mode, replaces: replaces)
        guard code == 0 else { throw failure("cannot be made", path, code) }
    }

    /// Puts a file where the user wants one, in the place of what is there.
    ///
    /// One that is mounted by itself, as into a container, cannot be replaced and is written over.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StartError) {
        // The draft has a name of this process alone: the folder is the user's, and another server may write
        // there. Who else may read the file is a matter of the user's mask.
        let draft = "\(path).\(getpid()).new"
        var code = put(bytes, at: path, by: draft, mode: 0o666, replaces: true)
        if code == EBUSY { code = overwrite(path, bytes) }
        guard code == 0 else { throw failure("cannot be written", path, code) }
    }

    /// Why not, in the words of the system for what just failed.
    static func failure(_ what: String, _ path: String, _ code: Int32 = errno) -> StartError {
        // The text of an error number is a constant of the C library.
        StartError(description: "\(path) \(what): \(unsafe String(cString: strerror(code)))")
    }

    /// Gives the number of what went wrong, or 0.
    private static func put(
        _ bytes: [UInt8],
        at path: String,
        by draft: String,
        mode: mode_t,
        replaces: Bool
    ) -> Int32 {
        // These read the texts that they are given as paths, and no further.
        _ = unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return errno }
        defer { _ = unsafe unlink(draft) }
        let code = write(bytes, to: descriptor)
        guard code == 0 else { return code }
        let isThere = unsafe (replaces ? rename(draft, path) : link(draft, path)) == 0
        return isThere ? 0 : errno
    }

    /// Gives the number of what went wrong, or 0.
    private static func overwrite(_ path: String, _ bytes: [UInt8]) -> Int32 {
        // It reads the text as a path, and no further.
        let descriptor = unsafe open(path, O_WRONLY | O_TRUNC | O_CLOEXEC)
        return descriptor >= 0 ? write(bytes, to: descriptor) : errno
    }

    /// Writes and closes.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        defer { close(descriptor) }
        // The pointer does not leave the call, and the count is that of its bytes.
        let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
        return count == bytes.count && fsync(descriptor) == 0 ? 0 : errno
    }
}
