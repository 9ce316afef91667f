import AWS
import CSQLite
import Cryptography
import Glibc
import System
import Testing

@testable import Storage

@Suite struct OpeningTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// Opens the vault and gives the refusal that must come.
    private func refusal(
        _ name: String = "vault.db",
        masterKey: MasterKeySource? = nil
    ) -> VaultOpeningError? {
        #expect(throws: VaultOpeningError.self) {
            _ = try folder.open(name, masterKey: masterKey)
        }
    }

    /// A vault with one secret, closed again.
    private func makeVault(masterKey: MasterKeySource? = nil) throws {
        let vault = try folder.open(masterKey: masterKey) { $0.passphraseCost = .quick }
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        vault.close()
    }

    // MARK: Making

    @Test func `A folder that the vault makes is private and ignored by git`() throws {
        let vault = try folder.open("a/.pocketvault/vault.db")
        defer { vault.close() }
        #expect(try folder.mode(of: "a/.pocketvault") == 0o700)
        #expect(folder.contents(of: "a/.pocketvault/.gitignore") == Array("*\n".utf8))
        #expect(folder.contents(of: "a/.gitignore").isEmpty)
    }

    @Test func `A folder that was there gets no file but the vault's own`() throws {
        let vault = try folder.open()
        vault.close()
        #expect(Set(ScratchFolder.names(in: folder.path)) == ["vault.db", "vault.lock"])
    }

    @Test func `Every file is for its owner alone`() throws {
        let vault = try folder.open(masterKey: .file(folder.path + "/vault.key"))
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        for name in ["vault.db", "vault.db-wal", "vault.db-shm", "vault.lock", "vault.key"] {
            #expect(try folder.mode(of: name) == 0o600, "\(name)")
        }
    }

    @Test func `A master key file is made once, in base64, and used again`() throws {
        let path = folder.path + "/keys/vault.key"
        try makeVault(masterKey: .file(path))
        #expect(try folder.mode(of: "keys") == 0o700)
        let contents = folder.contents(of: "keys/vault.key")
        #expect(contents.count == 45)
        #expect(MasterKey(parsing: contents) != nil)
        #expect(ScratchFolder.names(in: folder.path + "/keys") == ["vault.key"])
        let reopened = try folder.open(masterKey: .file(path))
        let value = try reopened.openedSample()
        #expect(value == Array("s3cr3t".utf8))
        #expect(folder.contents(of: "keys/vault.key") == contents)
    }

    // MARK: Refusals

    @Test func `A vault that is open is refused, under another name of the file too`() throws {
        let vault = try folder.open()
        let error = refusal()
        #expect(error?.reason == .locked)
        #expect(error?.description.contains("which one cannot be told") == true)
        symlink("vault.db", folder.path + "/alias.db")
        #expect(refusal("alias.db")?.reason == .locked)
        vault.close()
        try folder.open().close()
    }

    @Test func `What is no database is refused and left alone`() throws {
        let contents = Array(String(repeating: "not a database ", count: 400).utf8)
        try folder.write(contents, to: "vault.db")
        let error = refusal()
        #expect(error?.reason == .notAVault)
        #expect(error?.description.contains("Restore a backup") == true)
        #expect(folder.contents(of: "vault.db") == contents)
    }

    @Test func `A damaged vault is refused`() throws {
        try makeVault()
        var contents = folder.contents(of: "vault.db")
        for index in 100..<4_096 { contents[index] = 0xA5 }
        try folder.write(contents, to: "vault.db")
        #expect(refusal()?.reason == .notAVault)
    }

    @Test(arguments: [
        "CREATE TABLE theirs (a)",
        "PRAGMA application_id = 1234; CREATE TABLE theirs (a)",
        "PRAGMA application_id = 1234",
    ])
    func `The database of another application is refused and left alone`(sql: String) throws {
        try folder.tamper(sql)
        let contents = folder.contents(of: "vault.db")
        let error = refusal()
        #expect(error?.reason == .notAVault)
        #expect(error?.description.contains("another application") == true)
        #expect(folder.contents(of: "vault.db") == contents)
    }

    @Test func `A newer schema is refused and left alone`() throws {
        try makeVault()
        try folder.tamper("PRAGMA user_version = 99")
        let contents = folder.contents(of: "vault.db")
        let error = refusal()
        #expect(error?.reason == .newerSchema)
        #expect(error?.description.contains("version 99") == true)
        #expect(folder.contents(of: "vault.db") == contents)
    }

    @Test func `A folder that cannot be made is refused with the system's reason`() throws {
        try folder.write([], to: "file")
        let error = refusal("file/vault.db")
        #expect(error?.reason == .inaccessible)
        #expect(error?.description.contains("Not a directory") == true)
    }

    /// In a process of its own, because root may write everything and must become somebody else.
    @Test(arguments: [true, false])
    func `What cannot be written is refused`(isFolder: Bool) async {
        await #expect(processExitsWith: .success) { [isFolder] in
            let folder = try ScratchFolder()
            try folder.open().close()
            chmod(folder.path, 0o777)
            chmod(folder.database, 0o666)
            chmod(folder.path + "/vault.lock", 0o666)
            chmod(isFolder ? folder.path : folder.database, isFolder ? 0o555 : 0o444)
            if geteuid() == 0 { try #require(seteuid(65_534) == 0) }
            var reason: VaultOpeningError.Reason?
            do {
                _ = try folder.open()
            } catch let error as VaultOpeningError {
                reason = error.reason
            }
            if getuid() == 0 { seteuid(0) }
            chmod(folder.path, 0o700)
            try #require(reason == .readOnly)
        }
    }

    // MARK: The master key

    @Test func `A wrong master key is refused at once and nothing is changed`() throws {
        try makeVault()
        let contents = folder.contents(of: "vault.db")
        let error = refusal(masterKey: .bytes(try KeyMaterial.random()))
        #expect(error?.reason == .wrongMasterKey)
        #expect(folder.contents(of: "vault.db") == contents)
        #expect(try folder.open().openedSample() == Array("s3cr3t".utf8))
    }

    @Test func `A missing key file is refused, and no new key is made for the vault`() throws {
        let path = folder.path + "/vault.key"
        try makeVault(masterKey: .file(path))
        unlink(path)
        let error = refusal(masterKey: .file(path))
        #expect(error?.reason == .missingMasterKey)
        #expect(error?.description.contains(path) == true)
        #expect(!Files.exists(path))
    }

    @Test(arguments: [0o640, 0o604, 0o660] as [mode_t])
    func `A key file that others can reach is refused`(mode: mode_t) throws {
        let path = folder.path + "/vault.key"
        try makeVault(masterKey: .file(path))
        chmod(path, mode)
        let error = refusal(masterKey: .file(path))
        #expect(error?.reason == .exposedMasterKey)
        #expect(error?.description.contains("chmod 600 \(path)") == true)
        chmod(path, 0o600)
        try folder.open(masterKey: .file(path)).close()
    }

    @Test(arguments: ["", "c2hvcnQ=", "not base64 at all, and then some more of it!"])
    func `A key file without a key is refused`(text: String) throws {
        try folder.write(Array(text.utf8), to: "vault.key")
        let error = refusal(masterKey: .file(folder.path + "/vault.key"))
        #expect(error?.reason == .malformedMasterKey)
        #expect(error?.description.contains("openssl rand -base64 32") == true)
    }

    @Test func `A key of another length is refused`() throws {
        let error = refusal(masterKey: .bytes(try KeyMaterial.random(byteCount: 16)))
        #expect(error?.reason == .malformedMasterKey)
    }

    @Test func `A passphrase opens its own vault only`() throws {
        try makeVault(masterKey: .passphrase(Array("correct horse".utf8)))
        let reopened = try folder.open(masterKey: .passphrase(Array("correct horse".utf8)))
        #expect(try reopened.openedSample() == Array("s3cr3t".utf8))
        reopened.close()
        let wrong = refusal(masterKey: .passphrase(Array("battery staple".utf8)))
        #expect(wrong?.reason == .wrongMasterKey)
        let key = refusal()
        #expect(key?.reason == .wrongMasterKey)
        #expect(key?.description.contains("Give the passphrase") == true)
    }

    @Test func `A passphrase is refused for a vault that has a key`() throws {
        try makeVault()
        let error = refusal(masterKey: .passphrase(Array("correct horse".utf8)))
        #expect(error?.reason == .wrongMasterKey)
        #expect(error?.description.contains("Give the key") == true)
    }
}

extension PassphraseCost {
    /// Next to nothing: tests guard no secrets.
    static let quick = PassphraseCost(N: 16, r: 8, p: 1)
}

extension SQLiteVault {
    /// The bytes of the sample secret's current value.
    func openedSample() throws -> [UInt8]? {
        try ask { vault throws(APIError) -> [UInt8]? in
            guard let secret = try vault.secret(at: .named("driftsentry/local/database")) else {
                return nil
            }
            return try vault.open(.stagingLabel("AWSCURRENT"), of: secret)?.value?.bytes
        }
    }
}
