internal import Glibc
internal import System
internal import Threads

/// The files that `--files` gives a command: one for each secret, for its owner alone, in memory where
/// the system has a place for that, and gone afterwards.
///
/// The folder that was named then holds links: what is on the disk is where the values are, and no
/// value.
final class SecretFiles: Sendable {
    private let folder: String
    private let madeFolder: Bool
    /// The folder in memory; nil where there is none, and the files are in the other.
    private let memory: String?
    private let names = Locked<[String]>([])

    /// Why there are no files.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter folder: made when it is missing.
    /// - Throws: when it cannot be made.
    init(in folder: String) throws(Failure) {
        self.folder = folder
        SecretFiles.removeAbandoned()
        memory = SecretFiles.makeMemory()
        if Files.exists(folder) {
            guard Files.isFolder(folder) else {
                SecretFiles.remove(memory)
                throw Failure(description: "\(folder) is a file; --files wants a folder")
            }
            madeFolder = false
        } else {
            guard unsafe mkdir(folder, 0o700) == 0 else {
                let reason = SecretFiles.latestError
                SecretFiles.remove(memory)
                throw Failure(description: "the folder \(folder) cannot be made: \(reason)")
            }
            madeFolder = true
        }
    }

    /// Writes a file, or puts a value in place of the one that was there.
    ///
    /// - Throws: when a file of somebody else has the name.
    func write(_ value: [UInt8], as name: String) throws(Failure) {
        let path = "\(folder)/\(name)"
        let isNew = names.withLock { !$0.contains(name) }
        if isNew {
            if let target = Files.target(ofLink: path),
                target.hasPrefix(SecretFiles.prefix),
                !Files.exists(target)
            {
                // Left by a run that was killed.
                unsafe unlink(path)
            }
            guard unsafe access(path, F_OK) != 0 else {
                throw Failure(description: "\(path) is there already; --files overwrites nothing")
            }
        }
        try replace((memory ?? folder) + "/" + name, with: value)
        if let memory, isNew, unsafe symlink("\(memory)/\(name)", path) != 0 {
            throw Failure(description: "\(path) cannot be made: \(SecretFiles.latestError)")
        }
        if isNew { names.withLock { $0.append(name) } }
    }

    /// Removes all that was made.
    func remove() {
        for name in names.withLock({ $0 }) { unsafe unlink("\(folder)/\(name)") }
        if madeFolder { unsafe rmdir(folder) }
        SecretFiles.remove(memory)
    }

    /// Whoever reads sees the former value or the new one.
    private func replace(_ path: String, with value: [UInt8]) throws(Failure) {
        let draft = path + ".new"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o400)
        guard descriptor >= 0 else {
            throw Failure(description: "\(draft) cannot be made: \(SecretFiles.latestError)")
        }
        defer { close(descriptor) }
        // The pointer does not leave the call, and the count is that of its bytes.
        let count = unsafe value.withUnsafeBytes { buffer in
            unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        }
        guard count == value.count, unsafe rename(draft, path) == 0 else {
            let reason = SecretFiles.latestError
            unsafe unlink(draft)
            throw Failure(description: "\(path) cannot be written: \(reason)")
        }
    }

    // MARK: The folder in memory

    private static let place = "/dev/shm"
    private static let prefix = "\(place)/pocketvault-files-"

    /// Its name holds the number of this process, by which it is known as abandoned later.
    private static func makeMemory() -> String? {
        guard unsafe access(place, W_OK) == 0 else { return nil }
        let path = "\(prefix)\(getpid())"
        return unsafe mkdir(path, 0o700) == 0 ? path : nil
    }

    /// Removes what runs left that were killed, and those of this user only.
    private static func removeAbandoned() {
        for entry in Files.names(in: place) ?? [] {
            let path = "\(place)/\(entry)"
            guard path.hasPrefix(prefix), let process = Int32(path.dropFirst(prefix.count)),
                kill(process, 0) != 0, errno == ESRCH, Files.isOwnFolder(path)
            else { continue }
            remove(path)
        }
    }

    private static func remove(_ memory: String?) {
        guard let memory else { return }
        Files.remove(memory)
    }

    /// The text of an error number is a constant of the C library.
    private static var latestError: String { unsafe String(cString: strerror(errno)) }
}
