import AWS
import Notation
import Testing

@testable import Storage

/// What is left of a key that was deleted for good, and of what it sealed.
@Suite struct KeyDestructionTests {
    let folder: ScratchFolder
    private let arn = KeyARN(scope: .home, keyID: "0f0f0f0f-0000-4000-8000-000000000000")

    init() throws {
        folder = try ScratchFolder()
    }

    /// A vault with a secret under a key.
    private func open() throws -> SQLiteVault {
        let vault = try folder.open()
        try vault.change { [arn] vault throws(APIError) in
            _ = try vault.insert(NewKey(arn: arn, policy: "{}", createdAt: .noon))
            try vault.insertSample(.sample(kmsKeyID: arn.keyID))
        }
        return vault
    }

    private func value(_ vault: SQLiteVault) throws -> [UInt8]? {
        try vault.ask { vault throws(APIError) -> [UInt8]? in
            let address = SecretAddress.named(NewSecret.sample().arn.name)
            guard let secret = try vault.secret(at: address) else { return nil }
            return try vault.open(.id("first-version"), of: secret)?.value?.bytes
        }
    }

    private func destroy(_ vault: SQLiteVault) throws {
        try vault.change { [arn] vault throws(APIError) in
            guard let key = try vault.key(at: .id(arn.keyID, arn.scope)) else { return }
            try KeyDeletion(of: key).run(at: .noon, in: vault)
        }
    }

    /// The wrapped key-encryption key, as the file holds it.
    private func wrapped() throws -> [UInt8] {
        let connection = try Connection(path: folder.database, for: .reading)
        return try #require(try connection.wrappedKey(named: KeyEncryptionKeyName(arn))).wrapped
    }

    @Test func `A deleted key is in no byte of the file, and what it sealed stays lost`() throws {
        var vault = try open()
        #expect(try value(vault) == Array("s3cr3t".utf8))
        let wrapped = try wrapped()
        try destroy(vault)
        #expect(try self.wrapped() == [UInt8](repeating: 0, count: wrapped.count))
        vault.close()
        let contents = folder.contents(of: "vault.db") + folder.contents(of: "vault.db-wal")
        #expect(!contents.isEmpty)
        #expect(!contents.contains(run: wrapped))
        // Whoever brings the row of the key back, has no key for all that.
        try folder.tamper("UPDATE kms_key SET state = 'Enabled'")
        vault = try folder.open { $0.acceptsChangedRows = true }
        let error = #expect(throws: APIError.self) { _ = try value(vault) }
        #expect(error?.code == .decryptionFailure)
    }

    @Test func `C20: what another key opens too outlives the destruction of one`() throws {
        let vault = try open()
        try vault.change { vault throws(APIError) in
            let address = SecretAddress.named(NewSecret.sample().arn.name)
            guard var secret = try vault.secret(at: address) else { return }
            secret.kmsKeyID = ""
            try vault.update(secret)
            try KeyAddition(to: secret).run(at: .noon, by: .service, in: vault)
        }
        #expect(try value(vault) == Array("s3cr3t".utf8))
        try destroy(vault)
        #expect(try value(vault) == Array("s3cr3t".utf8))
        vault.close()
        #expect(try value(folder.open()) == Array("s3cr3t".utf8))
    }

    @Test func `A connection that held the key does not open what it sealed`() throws {
        let vault = try open()
        for _ in 0..<3 { #expect(try value(vault) != nil) }
        try destroy(vault)
        for _ in 0..<3 {
            let error = #expect(throws: APIError.self) { _ = try value(vault) }
            #expect(error?.code == .decryptionFailure)
        }
    }

    @Test func `A deleted key keeps its id and nothing else`() throws {
        let vault = try open()
        try destroy(vault)
        let key = try vault.ask { [arn] vault throws(APIError) in
            try vault.key(at: .id(arn.keyID, arn.scope))
        }
        #expect(key?.state == .deleted)
        let left = try Connection(path: folder.database, for: .reading).integer(
            "SELECT count(*) FROM kms_key WHERE description <> '' OR policy <> ''"
        )
        #expect(left == 0)
    }

    @Test func `A deletion that is rolled back leaves the key`() throws {
        let vault = try open()
        try vault.change { [arn] vault throws(APIError) in
            guard let key = try vault.key(at: .id(arn.keyID, arn.scope)) else { return }
            try? vault.atomically { vault throws(APIError) in
                try KeyDeletion(of: key).run(at: .noon, in: vault)
                throw .internalServiceError(cause: "a test")
            }
        }
        #expect(try value(vault) == Array("s3cr3t".utf8))
    }

    @Test func `Emptying the vault forgets keys of the account, or all`() throws {
        let vault = try open()
        let other = KeyARN(scope: Scope(account: "111111111111", region: "us-east-1"), keyID: "x")
        try vault.change { vault throws(APIError) in
            _ = try vault.insert(NewKey(arn: other, policy: "{}", createdAt: .noon))
            try vault.empty(account: "111111111111")
        }
        let isThere = { (arn: KeyARN) in
            try vault.ask { vault throws(APIError) in
                try vault.key(at: .id(arn.keyID, arn.scope)) != nil
            }
        }
        #expect(try !isThere(other))
        #expect(try isThere(arn))
        try vault.change { vault throws(APIError) in try vault.empty(account: nil) }
        #expect(try !isThere(arn))
    }
}

extension [UInt8] {
    fileprivate func contains(run: [UInt8]) -> Bool {
        guard let first = run.first, count >= run.count else { return false }
        return indices.dropLast(run.count - 1).contains { start in
            self[start] == first && self[start..<(start + run.count)].elementsEqual(run)
        }
    }
}
