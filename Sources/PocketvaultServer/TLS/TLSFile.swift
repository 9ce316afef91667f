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
        guard descriptor >= 0 else { throw WholeFile.failure("cannot be read", path) }
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
        guard count >= 0 else { throw WholeFile.failure("cannot be read", path) }
        return Array(bytes.prefix(count))
    }
}
