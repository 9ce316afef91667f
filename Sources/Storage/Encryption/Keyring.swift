internal import AWS
internal import Cryptography
internal import Notation

/// Which key-encryption key: there is one for each account, region and KmsKeyId.
struct KeyEncryptionKeyName: Hashable {
    let account: String
    let region: String
    /// A key id, with a slash and the material's after a rotation, or a KmsKeyId that was taken as it
    /// is; empty for the AWS managed key.
    let kmsKeyID: String

    init(_ scope: Scope, kmsKeyID: String) {
        account = scope.account
        region = scope.region
        self.kmsKeyID = kmsKeyID
    }

    /// What seals under a KMS key, or what stands for one.
    init(_ key: SealingKey) {
        self.init(key.scope, kmsKeyID: Self.text(key.keyID, key.rotatedMaterialID))
    }

    /// The material of a KMS key: one that it got by a rotation has its id in the name, and what
    /// secrets are sealed under from the first day on has the key's own.
    init(_ key: KeyARN, rotatedMaterialID: String? = nil) {
        self.init(key.scope, kmsKeyID: Self.text(key.keyID, rotatedMaterialID))
    }

    private static func text(_ keyID: String, _ rotatedMaterialID: String?) -> String {
        rotatedMaterialID.map { "\(keyID)/\($0)" } ?? keyID
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
    private let masterKeys: MasterKeys
    private var materials: [Int64: KeyMaterial] = [:]
    private var ids: [KeyEncryptionKeyName: Int64] = [:]
    private var holdsUncommittedKeys = false
    /// The transaction that is open gives the vault a new master key.
    private var changesMasterKey = false

    init(_ masterKeys: MasterKeys) {
        self.masterKeys = masterKeys
    }

    /// The key that a version refers to.
    func key(id: Int64, _ connection: Connection) throws -> KeyMaterial {
        if let material = materials[id] { return material }
        guard let stored = try connection.wrappedKey(id: id) else {
            throw APIError.decryptionFailure(cause: "key-encryption key \(id) is not there")
        }
        let material = try unwrap(stored)
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
        guard let stored = try connection.wrappedKey(named: name) else { return nil }
        let key = KeyEncryptionKey(id: stored.id, material: try unwrap(stored))
        note(key, name)
        return key
    }

    private func note(_ key: KeyEncryptionKey, _ name: KeyEncryptionKeyName) {
        ids[name] = key.id
        materials[key.id] = key.material
    }

    /// Overwrites the wrapped key of this name, if there is one: nothing that it sealed opens again.
    func destroyKey(named name: KeyEncryptionKeyName, _ connection: Connection) throws {
        guard let id = try connection.wrappedKey(named: name)?.id else { return }
        try connection.destroyKey(id: id)
        ids[name] = nil
        materials[id] = nil
    }

    /// Overwrites a wrapped key by its id.
    func destroyKey(id: Int64, _ connection: Connection) throws {
        try connection.destroyKey(id: id)
        forget(id: id)
    }

    /// Whether a key of this name was made.
    func hasKey(named name: KeyEncryptionKeyName, _ connection: Connection) throws -> Bool {
        try connection.wrappedKey(named: name) != nil
    }

    /// Forgets a key that was destroyed, by whichever connection.
    func forget(id: Int64) {
        materials[id] = nil
        ids = ids.filter { $0.value != id }
    }

    /// The keys made since the last commit are on disk.
    func noteCommit() {
        holdsUncommittedKeys = false
        if changesMasterKey { masterKeys.adopt() }
        changesMasterKey = false
    }

    /// Forgets all keys when the rollback, of a savepoint perhaps, may have taken the row of one:
    /// its id will be another key's.
    func noteRollback() {
        if changesMasterKey { masterKeys.abandon() }
        changesMasterKey = false
        guard holdsUncommittedKeys else { return }
        ids.removeAll()
        materials.removeAll()
    }

    private func make(
        _ name: KeyEncryptionKeyName,
        _ connection: Connection
    ) throws -> KeyEncryptionKey {
        let material = try KeyMaterial.random()
        let wrapped = try AESGCM.sealKey(
            material,
            under: masterKeys.current,
            additionalData: EncryptionContext.keyEncryptionKey(name).bytes
        )
        let id = try connection.insertKey(wrapped, named: name)
        holdsUncommittedKeys = true
        return KeyEncryptionKey(id: id, material: material)
    }

    private func unwrap(_ stored: WrappedKey) throws(CryptographyError) -> KeyMaterial {
        let candidates = masterKeys.candidates
        for candidate in candidates.dropLast() {
            if let material = try? unwrap(stored, candidate) { return material }
        }
        return try unwrap(stored, candidates[candidates.count - 1])
    }

    private func unwrap(
        _ stored: WrappedKey,
        _ masterKey: KeyMaterial
    ) throws(CryptographyError) -> KeyMaterial {
        try AESGCM.openKey(
            stored.wrapped.span,
            under: masterKey,
            additionalData: EncryptionContext.keyEncryptionKey(stored.name).bytes
        )
    }

    // MARK: Another master key

    /// A key-encryption key as another master key wraps it.
    func rewrapped(
        _ stored: WrappedKey,
        under masterKey: MasterKey
    ) throws(CryptographyError) -> [UInt8] {
        try AESGCM.sealKey(
            try unwrap(stored),
            under: masterKey.material,
            additionalData: EncryptionContext.keyEncryptionKey(stored.name).bytes
        )
    }

    /// The master key is the vault's once the transaction that is open is on disk.
    func adoptAtCommit(_ masterKey: MasterKey) {
        masterKeys.prepare(masterKey.material)
        changesMasterKey = true
    }
}
