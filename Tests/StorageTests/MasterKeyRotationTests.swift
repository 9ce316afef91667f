import AWS
import Cryptography
import Glibc
import Notation
import Testing

@testable import Storage

/// A vault gets a new master key; whoever is killed on the way leaves a vault that opens.
@Suite struct MasterKeyRotationTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    private var keyFile: String { folder.path + "/vault.key" }

    /// A vault with a secret, whose key is in a file.
    private func made() throws -> SQLiteVault {
        let vault = try folder.open(masterKey: .file(keyFile))
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        return vault
    }

    private func value(of name: String, in vault: SQLiteVault) throws -> [UInt8]? {
        try vault.ask { vault throws(APIError) -> [UInt8]? in
            guard let secret = try vault.secret(at: .named(name)) else { return nil }
            return try vault.open(.id("first-version"), of: secret)?.value?.bytes
        }
    }

    private func value(in vault: SQLiteVault) throws -> [UInt8]? {
        try value(of: NewSecret.sample().arn.name, in: vault)
    }

    private static let expected = Array("s3cr3t".utf8)

    private func names() -> Set<String> {
        Set(ScratchFolder.names(in: folder.path)).filter { $0.hasPrefix("vault.key") }
    }

    @Test func `A vault that is open goes on with its new key, and opens with it later`() throws {
        let vault = try made()
        let former = folder.contents(of: "vault.key")
        let rotated = try vault.rotateMasterKey()
        #expect(rotated.wrappedKeys == 2)
        #expect(rotated.file == keyFile)
        #expect(rotated.formerFile == keyFile + ".old")
        #expect(try value(in: vault) == Self.expected)
        // In a region of its own, whose key-encryption key is made under the new master key.
        let scope = Scope(account: "000000000000", region: "eu-west-1")
        try vault.change { vault throws(APIError) in
            try vault.insertSample(.sample("later", scope: scope))
        }
        vault.close()
        #expect(folder.contents(of: "vault.key") != former)
        #expect(folder.contents(of: "vault.key.old") == former)
        #expect(try folder.mode(of: "vault.key") == 0o600)
        #expect(names() == ["vault.key", "vault.key.old"])
        let reopened = try folder.open(masterKey: .file(keyFile))
        #expect(try value(in: reopened) == Self.expected)
        let later = try reopened.ask { vault throws(APIError) -> [UInt8]? in
            guard let secret = try vault.secret(at: .name("later", scope)) else { return nil }
            return try vault.open(.id("first-version"), of: secret)?.value?.bytes
        }
        #expect(later == Self.expected)
    }

    @Test func `A reader that comes after the change finds the key-encryption key`() throws {
        let first = try made()
        first.close()
        let vault = try folder.open(masterKey: .file(keyFile))
        try vault.rotateMasterKey()
        #expect(try value(in: vault) == Self.expected)
    }

    @Test func `The former key opens nothing any more`() throws {
        let vault = try made()
        let former = try #require(MasterKey(parsing: folder.contents(of: "vault.key")))
        try vault.rotateMasterKey()
        vault.close()
        let error = #expect(throws: VaultOpeningError.self) {
            _ = try folder.open(masterKey: .bytes(former.material))
        }
        #expect(error?.reason == .wrongMasterKey)
        let connection = try Connection(path: folder.database, for: .reading)
        let rows = try connection.statement(KeyEncryptionKeyTable.all)
        var count = 0
        while try rows.step() {
            let stored = connection.wrappedKey(in: rows)
            count += 1
            let context = EncryptionContext.keyEncryptionKey(stored.name).bytes
            #expect(throws: CryptographyError.self) {
                _ = try AESGCM.openKey(
                    stored.wrapped.span,
                    under: former.material,
                    additionalData: context
                )
            }
        }
        #expect(count == 2)
    }

    @Test func `What the former key wrapped is in no file any more`() throws {
        let vault = try made()
        let wrapped = try Connection(path: folder.database, for: .reading).wrappedKey(
            named: KeyEncryptionKeyName(.home, kmsKeyID: "")
        )
        let bytes = try #require(wrapped).wrapped
        #expect(folder.contents(of: "vault.db-wal").firstRange(of: bytes) != nil)
        try vault.rotateMasterKey()
        for name in ["vault.db", "vault.db-wal"] {
            #expect(folder.contents(of: name).firstRange(of: bytes) == nil, "\(name)")
        }
    }

    @Test func `Killed with the new key on disk, the vault opens with the former one`() throws {
        let vault = try made()
        _ = try vault.rotation.newKey(nil)
        vault.close()
        #expect(names() == ["vault.key", "vault.key.next"])
        let reopened = try folder.open(masterKey: .file(keyFile))
        #expect(try value(in: reopened) == Self.expected)
        // What was left over stands in nobody's way.
        try reopened.rotateMasterKey()
        reopened.close()
        #expect(names() == ["vault.key", "vault.key.old"])
        #expect(try value(in: folder.open(masterKey: .file(keyFile))) == Self.expected)
    }

    @Test func `Killed after the commit, the vault opens with the new key and names it`() throws {
        let vault = try made()
        let former = folder.contents(of: "vault.key")
        _ = try vault.rewrap(under: vault.rotation.newKey(nil))
        vault.close()
        #expect(folder.contents(of: "vault.key") == former)
        let next = folder.contents(of: "vault.key.next")
        let reopened = try folder.open(masterKey: .file(keyFile))
        #expect(try value(in: reopened) == Self.expected)
        #expect(folder.contents(of: "vault.key") == next)
        #expect(folder.contents(of: "vault.key.old") == former)
        #expect(names() == ["vault.key", "vault.key.old"])
    }

    @Test func `Killed with the former key under its second name, nothing is lost either`() throws {
        let vault = try made()
        let former = folder.contents(of: "vault.key")
        _ = try vault.rewrap(under: vault.rotation.newKey(nil))
        link(keyFile, keyFile + ".old")
        vault.close()
        let reopened = try folder.open(masterKey: .file(keyFile))
        #expect(try value(in: reopened) == Self.expected)
        #expect(folder.contents(of: "vault.key.old") == former)
    }

    @Test func `A process that is killed at any moment leaves a vault that opens`() async throws {
        try made().close()
        for microseconds in stride(from: 0, to: 12_000, by: 1_500) {
            let path = folder.path
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, microseconds = microseconds as Int] in
                let vault = try SQLiteVault.open(
                    VaultConfiguration(
                        path: path + "/vault.db",
                        masterKey: .file(path + "/vault.key")
                    )
                )
                var thread = pthread_t()
                let delay = UnsafeMutableRawPointer(bitPattern: microseconds + 1)
                pthread_create(
                    &thread,
                    nil,
                    { delay in
                        usleep(UInt32(UInt(bitPattern: delay)))
                        kill(getpid(), SIGKILL)
                        return nil
                    },
                    delay
                )
                while true { try vault.rotateMasterKey() }
            }
            let reopened = try folder.open(masterKey: .file(keyFile))
            #expect(try value(in: reopened) == Self.expected)
            reopened.close()
        }
    }

    @Test func `The file keeps its place when it is a link to another one`() throws {
        try folder.write([], to: "place")
        unlink(folder.path + "/place")
        mkdir(folder.path + "/place", 0o700)
        symlink(folder.path + "/place/real.key", keyFile)
        let real = folder.path + "/place/real.key"
        try folder.open(masterKey: .file(real)).close()
        let vault = try folder.open(masterKey: .file(keyFile))
        try vault.rotateMasterKey()
        vault.close()
        var status = stat()
        #expect(lstat(keyFile, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        folder.reopens(real)
    }

    @Test func `A key that was given stays unless another one is given`() throws {
        let vault = try folder.open()
        let error = #expect(throws: KeyRotationError.self) { try vault.rotateMasterKey() }
        #expect(error?.description.contains("POCKETVAULT_NEW_MASTER_KEY") == true)
        let new = try KeyMaterial.random()
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        let rotated = try vault.rotateMasterKey(to: .bytes(new))
        #expect(rotated.file == nil)
        vault.close()
        #expect(throws: VaultOpeningError.self) { _ = try folder.open() }
        #expect(try value(in: folder.open(masterKey: .bytes(new))) == Self.expected)
    }

    @Test func `A vault goes from a key to a passphrase and back`() throws {
        let vault = try folder.open { $0.passphraseCost = .quick }
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        let phrase = Array("correct horse".utf8)
        try vault.rotateMasterKey(to: .passphrase(phrase))
        vault.close()
        let second = try folder.open(masterKey: .passphrase(phrase))
        #expect(try value(in: second) == Self.expected)
        try second.rotateMasterKey(to: .file(keyFile))
        second.close()
        #expect(throws: VaultOpeningError.self) {
            _ = try folder.open(masterKey: .passphrase(phrase))
        }
        #expect(try value(in: folder.open(masterKey: .file(keyFile))) == Self.expected)
    }

    @Test func `When the change cannot be stored the vault keeps its key`() throws {
        let vault = try made()
        try vault.execute(
            """
            CREATE TEMP TRIGGER refuse BEFORE UPDATE ON key_encryption_key
            BEGIN SELECT RAISE(ABORT, 'no'); END
            """
        )
        #expect(throws: KeyRotationError.self) { try vault.rotateMasterKey() }
        try vault.execute("DROP TRIGGER refuse")
        #expect(try value(in: vault) == Self.expected)
        vault.close()
        #expect(try value(in: folder.open(masterKey: .file(keyFile))) == Self.expected)
    }

    @Test func `C20: a version under two keys opens by either under a new master key`() throws {
        let vault = try made()
        try vault.change { vault throws(APIError) in
            let address = SecretAddress.named(NewSecret.sample().arn.name)
            guard var secret = try vault.secret(at: address) else { return }
            secret.kmsKeyID = "alias/new"
            try KeyAddition(to: secret).run(at: .noon, by: .service, in: vault)
        }
        #expect(try vault.rotateMasterKey().wrappedKeys == 3)
        vault.close()
        let reopened = try folder.open(masterKey: .file(keyFile))
        for number in 0...1 {
            let value = try reopened.ask { vault throws(APIError) -> [UInt8]? in
                let address = SecretAddress.named(NewSecret.sample().arn.name)
                guard let secret = try vault.secret(at: address) else { return nil }
                return try vault.open(.id("first-version"), of: secret) { _ in number }?
                    .value?.bytes
            }
            #expect(value == Self.expected)
        }
    }

    @Test func `A key-encryption key that was destroyed stays destroyed`() throws {
        let vault = try made()
        try vault.execute(
            """
            UPDATE key_encryption_key SET wrapped = zeroblob(length(wrapped)) WHERE account > ''
            """
        )
        // That of the trail.
        #expect(try vault.rotateMasterKey().wrappedKeys == 1)
        vault.close()
        let reopened = try folder.open(masterKey: .file(keyFile))
        #expect(throws: APIError.self) { try value(in: reopened) }
    }
}

extension ScratchFolder {
    /// Expects that the vault opens with the key in a file.
    fileprivate func reopens(_ keyFile: String) {
        #expect(throws: Never.self) { try open(masterKey: .file(keyFile)).close() }
    }
}
