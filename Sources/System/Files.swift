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

    /// Whether there is a folder of this user's at a path, and no link to one.
    package static func isOwnFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            && status.st_uid == geteuid()
    }

    /// All bytes of a file; nil when they cannot be read, or when it is a pipe or a device, which might have
    /// no end.
    package static func contents(of path: String) -> [UInt8]? {
        // Without waiting for somebody who writes into a pipe.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        var bytes: [UInt8] = []
        // A byte more than there are shows the end without another allocation.
        var room = max(Int(status.st_size) + 1, 4_096)
        while true {
            var count = 0
            bytes.append(addingCapacity: room) { output in
                output.withUnsafeMutableBufferPointer { buffer, initialized in
                    count = read(descriptor, buffer.baseAddress, buffer.count)
                    initialized = max(0, count)
                }
            }
            if count == 0 { return bytes }
            if count < 0, errno != EINTR { return nil }
            room = max(room - max(0, count), 4_096)
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
    package static func remove(_ path: String) { remove(path, in: AT_FDCWD) }

    private static func remove(_ name: UnsafePointer<CChar>, in folder: Int32) {
        if unlinkat(folder, name, 0) == 0 { return }
        // By the descriptor: whoever puts a link in its place meanwhile leads nobody elsewhere.
        let descriptor = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        guard let directory = fdopendir(descriptor) else {
            close(descriptor)
            return
        }
        while let entry = readdir(directory) {
            // As bytes: a name need not be text.
            withUnsafePointer(to: &entry.pointee.d_name) { field in
                let name = UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self)
                if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { remove(name, in: descriptor) }
            }
        }
        closedir(directory)
        unlinkat(folder, name, AT_REMOVEDIR)
    }
}
