internal import ArgumentParser
internal import Glibc

/// A file that gets its name when it is whole and on disk, and takes nobody's place unasked.
struct NewFile {
    private let path: String
    private let replacing: Bool

    /// - Parameters:
    ///   - path: the name that it will have.
    ///   - replacing: whether it may take the place of another.
    init(_ path: String, replacing: Bool = false) {
        self.path = path
        self.replacing = replacing
    }

    /// Has `write` write it; when that fails, or the name was taken meanwhile, nothing is left.
    ///
    /// - Throws: what `write` throws, or `ExitCode(1)` after a line that says why there is no file.
    func write(_ write: (_ take: @escaping ([UInt8]) throws -> Void) throws -> Void) throws {
        let draft = "\(path).\(getpid()).draft"
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NewFile.failure(path) }
        defer {
            close(descriptor)
            unsafe unlink(draft)
        }
        try write { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                // The pointer does not leave the call, and the count is that of its bytes.
                let count = unsafe rest.withUnsafeBytes { buffer in
                    unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
                }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    throw NewFile.failure(path)
                }
            }
        }
        // A link is like a rename, but it never replaces what came in between.
        guard fsync(descriptor) == 0,
            unsafe (replacing ? rename(draft, path) : link(draft, path)) == 0
        else { throw NewFile.failure(path) }
    }

    private static func failure(_ path: String) -> ExitCode {
        // The text of an error number is a constant of the C library.
        Terminal.failure("\(path) cannot be made: \(unsafe String(cString: strerror(errno)))")
        return ExitCode(1)
    }
}
