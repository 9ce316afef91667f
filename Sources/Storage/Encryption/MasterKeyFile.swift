internal import Cryptography
internal import Glibc
internal import Notation

/// The file that holds a master key: 0600, base64 and a line end.
enum MasterKeyFile {
    /// The key in the file; nil when there is no such file.
    static func read(_ path: String) throws(VaultOpeningError) -> MasterKey? {
        // Without waiting: nobody may ever write into what is a pipe.
        let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            if errno == ENXIO { throw .unfitMasterKey(path, FileKind.socket.rawValue) }
            throw .inaccessible(path, "Reading the master key file", errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .inaccessible(path, "Reading the master key file", errno: errno)
        }
        let kind = FileKind(status)
        guard kind == .file else { throw .unfitMasterKey(path, kind.rawValue) }
        guard isPrivate(status) else { throw .exposedMasterKey(path) }
        guard status.st_nlink <= 1 || status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .unfitMasterKey(path, "a second name (hard link) of another user's file")
        }
        // More than any key may have, white space included.
        var contents = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &contents, contents.count)
        guard count >= 0 else {
            throw .inaccessible(path, "Reading the master key file", errno: errno)
        }
        guard let key = MasterKey(parsing: Array(contents.prefix(count))) else {
            throw .malformedMasterKey(path)
        }
        return key
    }

    /// Whether only this user can read it, or root and a group that this process is in.
    ///
    /// As the latter a Secret of Kubernetes is mounted for a process that is not root, and nobody can
    /// make it otherwise there. Where it can be, as in root's own group, it has to be.
    private static func isPrivate(_ status: stat) -> Bool {
        if status.st_mode & (S_IRWXG | S_IRWXO) == 0 { return true }
        guard status.st_uid == 0, status.st_mode & (S_IWGRP | S_IXGRP | S_IRWXO) == 0 else {
            return false
        }
        if geteuid() == 0, status.st_gid == 0 { return false }
        return status.st_gid == getegid() || supplementaryGroups.contains(status.st_gid)
    }

    private static var supplementaryGroups: [gid_t] {
        var groups = [gid_t](repeating: 0, count: Int(max(0, getgroups(0, nil))))
        let count = getgroups(Int32(groups.count), &groups)
        return Array(groups.prefix(Int(max(0, count))))
    }

    /// Makes a key and its file, whole or not at all, on disk before it is used.
    static func create(_ path: String) throws(VaultOpeningError) -> MasterKey {
        let key = try fresh(for: path)
        try VaultFolder.makeIfMissing(VaultFolder.parent(of: path))
        let draft = path + ".new"
        try write(key, to: draft)
        // Like a rename, but it never replaces a key that came in between.
        let isLinked = link(draft, path) == 0
        let code = errno
        unlink(draft)
        guard isLinked else { throw failure(path, errno: code) }
        VaultFolder.synchronize(VaultFolder.parent(of: path))
        return key
    }

    // MARK: Replacing

    /// The file itself, where the path is a symbolic link to it: a rename would replace the link.
    static func resolve(_ path: String) throws(VaultOpeningError) -> String {
        try VaultFolder.resolve(path)
    }

    /// Makes a key beside the one in the file, on disk; what a change left that came to nothing is
    /// overwritten.
    static func makeNext(_ path: String) throws(VaultOpeningError) -> MasterKey {
        let key = try fresh(for: path)
        try write(key, to: nextPath(path))
        VaultFolder.synchronize(VaultFolder.parent(of: path))
        return key
    }

    /// The key that stands beside the one in the file; nil when there is none.
    static func next(_ path: String) throws(VaultOpeningError) -> MasterKey? {
        try read(nextPath(path))
    }

    /// Puts the next key in the place of the former one, which is kept.
    ///
    /// - Parameters:
    ///   - path: of the key file.
    ///   - key: the next key, should its file be gone.
    /// - Returns: where the former key is now; nil when there was none any more.
    /// - Throws: why it could not be done; both keys are still there.
    static func adoptNext(
        _ path: String,
        _ key: MasterKey
    ) throws(VaultOpeningError) -> String? {
        let former = try keepFormer(path)
        if rename(nextPath(path), path) != 0 {
            guard errno == ENOENT else { throw failure(path, errno: errno) }
            try write(key, to: nextPath(path))
            guard rename(nextPath(path), path) == 0 else { throw failure(path, errno: errno) }
        }
        VaultFolder.synchronize(VaultFolder.parent(of: path))
        return former
    }

    /// Gives the present key a second name, the first of its kind that is free.
    private static func keepFormer(_ path: String) throws(VaultOpeningError) -> String? {
        for number in 1...10_000 {
            let former = number == 1 ? "\(path).old" : "\(path).old-\(number)"
            if link(path, former) == 0 { return former }
            if errno == ENOENT { return nil }
            guard errno == EEXIST else { throw failure(former, errno: errno) }
        }
        throw failure(path, errno: EEXIST)
    }

    private static func nextPath(_ path: String) -> String { path + ".next" }

    // MARK: Writing

    private static func fresh(for path: String) throws(VaultOpeningError) -> MasterKey {
        let material: KeyMaterial
        do {
            material = try KeyMaterial.random()
        } catch {
            throw .underivableMasterKey("\(error)")
        }
        guard let key = MasterKey(material) else { throw .malformedMasterKey(path) }
        return key
    }

    /// Writes a file of its own for the key, in place of what an earlier start left half written.
    private static func write(_ key: MasterKey, to path: String) throws(VaultOpeningError) {
        unlink(path)
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path, errno: errno) }
        let text = key.material.withBytes { Base64.encode($0) } + [UInt8(ascii: "\n")]
        // A umask can only have taken permissions away; the owner's are needed.
        let isWritten =
            fchmod(descriptor, 0o600) == 0
            && Glibc.write(descriptor, text, text.count) == text.count
            && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten else {
            unlink(path)
            throw failure(path, errno: code)
        }
    }

    private static func failure(_ path: String, errno code: Int32) -> VaultOpeningError {
        .inaccessible(path, "Making the master key file", errno: code)
    }
}
