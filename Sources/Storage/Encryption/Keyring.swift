internal import AWS
internal import Cryptography

/// Which key-encryption key: there is one for each account, region and KmsKeyId.
struct KeyEncryptionKeyName: Hashable {
    let account: String
    let region: String
    /// A key id, or a KmsKeyId that was taken as it is; empty for the AWS managed key.
    let kmsKeyID: String

    init(_ scope: Scope, kmsKeyID: String) {
        account = scope.account
        region = scope.region
        self.kmsKeyID = kmsKeyID
    }

    /// The material of a KMS key.
    init(_ key: KeyARN) {
        self.init(key.scope, kmsKeyID: key.keyID)
    }
}

/// An unwrapped key-encryption key and its row.
struct KeyEncryptionKey {
    let id: Int64
    let material: KeyMaterial
}

/// The key-encryption keys that one connection has unwrapped.
///
/// Each connection has its own, so that readers share nothing and a key that the writer has made
/// but not committed is known to nobody else.
final class Keyring {
    private let masterKey: KeyMaterial
    private var materials: [Int64: KeyMaterial] = [:]
    private var ids: [KeyEncryptionKeyName: Int64] = [:]
    private var holdsUncommittedKeys = false

    init(masterKey: KeyMaterial) {
        self.masterKey = masterKey
    }

    /// The key that a version refers to.
    func key(id: Int64, _ connection: Connection) throws -> KeyMaterial {
        if let material = materials[id] { return material }
        let row = try connection.statement(.keyByID)
        try row.bind(1, id)
        guard try row.step() else {
            throw APIError.decryptionFailure(cause: "key-encryption key \(id) is not there")
        }
        let name = KeyEncryptionKeyName(
            Scope(account: row.text(0), region: row.text(1)),
            kmsKeyID: row.text(2)
        )
        let material = try unwrap(row, column: 3, name)
        materials[id] = material
        return material
    }

    /// The key of this name, made now if there is none yet.
    func key(named name: KeyEncryptionKeyName, _ connection: Connection) throws -> KeyEncryptionKey
    {
        if let key = try existingKey(named: name, connection) { return key }
        let key = try make(name, connection)
        note(key, name)
        return key
    }

    /// The key of this name; nil when none was made yet.
    func existingKey(
        named name: KeyEncryptionKeyName,
        _ connection: Connection
    ) throws -> KeyEncryptionKey? {
        if let id = ids[name], let material = materials[id] {
            return KeyEncryptionKey(id: id, material: material)
        }
        guard let key = try find(name, connection) else { return nil }
        note(key, name)
        return key
    }

    private func note(_ key: KeyEncryptionKey, _ name: KeyEncryptionKeyName) {
        ids[name] = key.id
        materials[key.id] = key.material
    }

    /// Overwrites the wrapped key of this name, if there is one: nothing that it sealed opens again.
    func destroyKey(named name: KeyEncryptionKeyName, _ connection: Connection) throws {
        guard let id = try id(of: name, connection) else { return }
        let destruction = try connection.statement(.destroyKey)
        try destruction.bind(1, id)
        try destruction.run()
        ids[name] = nil
        materials[id] = nil
    }

    /// Whether a key of this name was made.
    func hasKey(named name: KeyEncryptionKeyName, _ connection: Connection) throws -> Bool {
        try id(of: name, connection) != nil
    }

    private func id(of name: KeyEncryptionKeyName, _ connection: Connection) throws -> Int64? {
        let row = try connection.statement(.keyByName)
        try row.bind(1, name.account)
        try row.bind(2, name.region)
        try row.bind(3, name.kmsKeyID)
        return try row.step() ? row.integer(0) : nil
    }

    /// Forgets a key that was destroyed, by whichever connection.
    func forget(id: Int64) {
        materials[id] = nil
        ids = ids.filter { $0.value != id }
    }

    /// The keys made since the last commit are on disk.
    func noteCommit() {
        holdsUncommittedKeys = false
    }

    /// Forgets all keys when the rollback, of a savepoint perhaps, may have taken the row of one:
    /// its id will be another key's.
    func noteRollback() {
        guard holdsUncommittedKeys else { return }
        ids.removeAll()
        materials.removeAll()
    }

    private func find(
        _ name: KeyEncryptionKeyName,
        _ connection: Connection
    ) throws -> KeyEncryptionKey? {
        let row = try connection.statement(.keyByName)
        try row.bind(1, name.account)
        try row.bind(2, name.region)
        try row.bind(3, name.kmsKeyID)
        guard try row.step() else { return nil }
        return KeyEncryptionKey(id: row.integer(0), material: try unwrap(row, column: 1, name))
    }

    private func make(
        _ name: KeyEncryptionKeyName,
        _ connection: Connection
    ) throws -> KeyEncryptionKey {
        let material = try KeyMaterial.random()
        let wrapped = try AESGCM.sealKey(
            material,
            under: masterKey,
            additionalData: EncryptionContext.keyEncryptionKey(name).bytes
        )
        let insertion = try connection.statement(.insertKey)
        try insertion.bind(1, name.account)
        try insertion.bind(2, name.region)
        try insertion.bind(3, name.kmsKeyID)
        try insertion.bind(4, blob: wrapped)
        try insertion.run()
        holdsUncommittedKeys = true
        return KeyEncryptionKey(id: connection.insertedRowID, material: material)
    }

    private func unwrap(
        _ row: borrowing Statement,
        column: Int32,
        _ name: KeyEncryptionKeyName
    ) throws -> KeyMaterial {
        try row.withBlob(column) { wrapped in
            try AESGCM.openKey(
                wrapped,
                under: masterKey,
                additionalData: EncryptionContext.keyEncryptionKey(name).bytes
            )
        }
    }
}
