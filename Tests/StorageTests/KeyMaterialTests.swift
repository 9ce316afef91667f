import AWS
import Cryptography
import Notation
import Testing

@testable import Storage

/// What KMS keys seal with, as the file keeps it.
@Suite struct KeyMaterialTests {
    let folder: ScratchFolder
    private let arn = KeyARN(scope: .home, keyID: "0f0f0f0f-0000-4000-8000-000000000000")

    init() throws {
        folder = try ScratchFolder()
    }

    private func makeKey(in vault: SQLiteVault) throws {
        try vault.change { [arn] vault throws(APIError) in
            _ = try vault.insert(NewKey(arn: arn, policy: "{}", createdAt: .noon))
        }
    }

    private func key(_ vault: any VaultReading) throws(APIError) -> KMSKey {
        guard let key = try vault.key(at: .id(arn.keyID, arn.scope)) else {
            throw .decryptionFailure(cause: "no key")
        }
        return key
    }

    private func seal(_ vault: SQLiteVault) throws -> [UInt8] {
        try vault.ask { vault throws(APIError) in
            let key = try key(vault)
            let material = try vault.materials(of: key).newest
            return try vault.seal([1, 2, 3], under: material, of: key, boundTo: .some)
        }
    }

    private func open(_ box: [UInt8], _ vault: SQLiteVault) throws -> [UInt8]? {
        try vault.ask { vault throws(APIError) in
            let key = try key(vault)
            let material = try vault.materials(of: key).newest
            return try vault.open(box, under: material, of: key, boundTo: .some)
        }
    }

    @Test func `What a key sealed opens after the vault was closed, and after another master key`()
        throws
    {
        var vault = try folder.open()
        try makeKey(in: vault)
        let box = try seal(vault)
        vault.close()
        vault = try folder.open()
        #expect(try open(box, vault) == [1, 2, 3])
        let next = MasterKeySource.bytes(try KeyMaterial.random())
        try vault.rotateMasterKey(to: next)
        #expect(try open(box, vault) == [1, 2, 3])
        vault.close()
        vault = try folder.open(masterKey: next)
        #expect(try open(box, vault) == [1, 2, 3])
    }

    @Test func `Keys of a vault from before have materials once it is opened`() throws {
        let connection = try Connection(path: folder.database, for: .writing)
        let former = Array(Schema.migrations.prefix { $0.version < 14 })
        try connection.migrate(former, applicationID: Schema.applicationID)
        try connection.execute(
            """
            INSERT INTO kms_key (account, region, key_id, state, description, policy,
                is_aws_managed, is_multi_region, created_at)
            VALUES ('\(arn.scope.account)', '\(arn.scope.region)', '\(arn.keyID)', 'Enabled', '',
                '{}', 0, 0, 1);
            """
        )
        let vault = try folder.open()
        #expect(try open(try seal(vault), vault) == [1, 2, 3])
        let count = try vault.ask { vault throws(APIError) in
            try vault.materials(of: try key(vault)).all.count
        }
        #expect(count == 1)
    }

    @Test func `What secrets were sealed under is the first material of their key`() throws {
        var vault = try folder.open()
        try makeKey(in: vault)
        try vault.change { [arn] vault throws(APIError) in
            try vault.insertSample(.sample(kmsKeyID: arn.keyID))
        }
        vault.close()
        // As the step from the version before leaves it for a key that has sealed nothing.
        try folder.tamper("UPDATE kms_key_material SET key_encryption_key_id = NULL")
        vault = try folder.open { $0.acceptsChangedRows = true }
        let value = try vault.ask { vault throws(APIError) -> [UInt8]? in
            let address = SecretAddress.named(NewSecret.sample().arn.name)
            guard let secret = try vault.secret(at: address) else { return nil }
            return try vault.open(.id("first-version"), of: secret)?.value?.bytes
        }
        #expect(value == Array("s3cr3t".utf8))
        #expect(try open(try seal(vault), vault) == [1, 2, 3])
    }

    private func read(_ version: String, _ vault: SQLiteVault) throws -> OpenedVersion? {
        try vault.ask { vault throws(APIError) -> OpenedVersion? in
            let address = SecretAddress.named(NewSecret.sample().arn.name)
            guard let secret = try vault.secret(at: address) else { return nil }
            return try vault.open(.id(version), of: secret)
        }
    }

    /// A vault with a secret under a key that was rotated, whose second version came after that.
    private func rotated() throws -> SQLiteVault {
        let vault = try folder.open()
        try makeKey(in: vault)
        try vault.change { [arn] vault throws(APIError) in
            let secret = try vault.insertSample(.sample(kmsKeyID: arn.keyID))
            _ = try vault.insertMaterial(
                of: try key(vault),
                by: .init(.onDemand, startedAt: .noon, endsAt: .noon)
            )
            try vault.insertVersion("second", of: secret, value: .text("later"), at: .noon)
        }
        return vault
    }

    @Test func `C72: what is sealed after a rotation is under the newest material of the key`()
        throws
    {
        var vault = try rotated()
        let connection = try Connection(path: folder.database, for: .reading)
        let names = try ["first-version", "second"].map { id in
            let row = try connection.integer(
                "SELECT key_encryption_key_id FROM version WHERE id = '\(id)'"
            )
            return try connection.wrappedKey(id: row)?.name.kmsKeyID ?? ""
        }
        #expect(names[0] == arn.keyID)
        #expect(names[1].hasPrefix("\(arn.keyID)/"))
        for _ in 0..<2 {
            #expect(try read("first-version", vault)?.value?.bytes == Array("s3cr3t".utf8))
            let second = try read("second", vault)
            #expect(second?.value?.bytes == Array("later".utf8))
            #expect(second?.version.keys == [VersionKey(kmsKeyID: arn.text, state: .enabled)])
            vault.close()
            vault = try folder.open()
        }
    }

    @Test func `C72: a material that is not in use yet seals no version`() throws {
        let vault = try folder.open()
        try makeKey(in: vault)
        try vault.change { [arn] vault throws(APIError) in
            _ = try vault.insertMaterial(
                of: try key(vault),
                by: .init(
                    .onDemand,
                    startedAt: .noon,
                    endsAt: Timestamp(milliseconds: Timestamp.noon.milliseconds + 1)
                )
            )
            try vault.insertSample(.sample(kmsKeyID: arn.keyID))
        }
        let connection = try Connection(path: folder.database, for: .reading)
        let row = try connection.integer("SELECT key_encryption_key_id FROM version")
        #expect(try connection.wrappedKey(id: row)?.name.kmsKeyID == arn.keyID)
    }

    @Test func `C72: a deleted key takes the versions under all its materials with it`() throws {
        let vault = try rotated()
        #expect(try read("second", vault) != nil)
        try vault.change { vault throws(APIError) in
            try KeyDeletion(of: try key(vault)).run(at: .noon, in: vault)
        }
        for id in ["first-version", "second"] {
            let error = #expect(throws: APIError.self) { _ = try read(id, vault) }
            #expect(error?.code == .decryptionFailure)
        }
    }

    @Test func `All materials of a deleted key are overwritten`() throws {
        let vault = try folder.open()
        try makeKey(in: vault)
        try vault.change { vault throws(APIError) in
            _ = try vault.insertMaterial(
                of: try key(vault),
                by: .init(.onDemand, startedAt: .noon, endsAt: .noon)
            )
        }
        let wrapped = try wrappedKeys()
        #expect(wrapped.count == 2)
        try vault.change { vault throws(APIError) in
            try KeyDeletion(of: try key(vault)).run(at: .noon, in: vault)
        }
        for key in try wrappedKeys() { #expect(key.allSatisfy { $0 == 0 }) }
        vault.close()
        let contents = folder.contents(of: "vault.db") + folder.contents(of: "vault.db-wal")
        for key in wrapped { #expect(contents.firstRange(of: key) == nil) }
    }

    /// The wrapped key-encryption keys of the key, as the file holds them.
    private func wrappedKeys() throws -> [[UInt8]] {
        let connection = try Connection(path: folder.database, for: .reading)
        var wrapped: [[UInt8]] = []
        let rows = try connection.statement(KeyEncryptionKeyTable.all)
        while try rows.step() {
            let key = connection.wrappedKey(in: rows)
            if key.name.kmsKeyID.hasPrefix(arn.keyID) { wrapped.append(key.wrapped) }
        }
        return wrapped
    }
}

extension KMSEncryptionContext {
    fileprivate static let some = KMSEncryptionContext(["a": "b"])
}

extension KeyMaterials {
    /// The last that was made.
    fileprivate var newest: KMSKeyMaterial {
        get throws(APIError) {
            guard let newest = all.last else { throw .decryptionFailure(cause: "no material") }
            return newest
        }
    }
}
