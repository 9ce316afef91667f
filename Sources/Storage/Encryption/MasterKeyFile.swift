internal import Cryptography
internal import Glibc

/// The file that holds a master key: 0600, base64 and a line end.
enum MasterKeyFile {
    /// The key in the file; nil when there is no such file.
    static func read(_ path: String) throws(VaultOpeningError) -> MasterKey? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .inaccessible(path, "Reading the master key file", errno: errno)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .inaccessible(path, "Reading the master key file", errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .malformedMasterKey(path) }
        guard status.st_mode & (S_IRWXG | S_IRWXO) == 0 else { throw .exposedMasterKey(path) }
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

    /// Makes a key and its file, whole or not at all, on disk before it is used.
    static func create(_ path: String) throws(VaultOpeningError) -> MasterKey {
        let material: KeyMaterial
        do {
            material = try KeyMaterial.random()
        } catch {
            throw .underivableMasterKey("\(error)")
        }
        guard let key = MasterKey(material) else { throw .malformedMasterKey(path) }
        try VaultFolder.makeIfMissing(VaultFolder.parent(of: path))
        let text = material.withBytes { Base64.encode($0) } + [UInt8(ascii: "\n")]
        try write(text, to: path)
        return key
    }

    private static func write(_ text: [UInt8], to path: String) throws(VaultOpeningError) {
        let draft = path + ".new"
        // What an earlier start left half written.
        unlink(draft)
        let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .inaccessible(path, "Making the master key file", errno: errno)
        }
        // A umask can only have taken permissions away; the owner's are needed.
        let isWritten =
            fchmod(descriptor, 0o600) == 0
            && Glibc.write(descriptor, text, text.count) == text.count
            && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        // Like a rename, but it never replaces a key that came in between.
        guard isWritten, link(draft, path) == 0 else {
            let code = isWritten ? errno : code
            unlink(draft)
            throw .inaccessible(path, "Making the master key file", errno: code)
        }
        unlink(draft)
        VaultFolder.synchronize(VaultFolder.parent(of: path))
    }
}
