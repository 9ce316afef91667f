internal import Glibc

/// Files and folders of the machine, by their paths.
///
/// Symbolic links are followed where nothing else is said. Not Foundation's FileManager: a fifth of the
/// program would be there for these few (docs/decisions/0046-no-foundation.md).
package enum Files {
    /// Whether there is anything at a path.
    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Whether there is a folder at a path.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether this user may read what is at a path.
    package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Whether this user may run what is at a path.
    package static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// All bytes of a file, or of a pipe until it ends; nil when they cannot be read.
    package static func contents(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        var bytes: [UInt8] = []
        // A byte more than there are shows the end without another allocation.
        var room = max(Int(status.st_size) + 1, 4_096)
        while true {
            let start = bytes.count
            var count = 0
            bytes.append(addingCapacity: room) { output in
                output.withUnsafeMutableBufferPointer { buffer, initialized in
                    count = read(descriptor, buffer.baseAddress, buffer.count)
                    initialized = max(0, count)
                }
            }
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
            room = max(room - (bytes.count - start), 4_096)
        }
    }

    /// The names of what is in a folder, in no order; nil when it cannot be read or is none.
    package static func names(in folder: String) -> [String]? {
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// What a symbolic link leads to, as it says; nil when it is none.
    package static func target(ofLink path: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return nil }
            let count = readlink(path, start, buffer.count)
            guard count >= 0 else { return nil }
            return String(
                decoding: UnsafeRawBufferPointer(start: start, count: count),
                as: UTF8.self
            )
        }
    }

    /// Removes what is at a path, with all that is in it, as far as that is possible.
    ///
    /// Of a symbolic link only the link.
    package static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in names(in: path) ?? [] { remove("\(path)/\(name)") }
        rmdir(path)
    }
}
