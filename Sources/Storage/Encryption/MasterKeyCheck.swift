internal import Cryptography

/// Finds the master key of a vault and holds it against the check value in the database.
struct MasterKeyCheck {
    private let path: String
    private let source: MasterKeySource
    private let cost: PassphraseCost
    private var verified: MasterKey?
    /// Whether the check value says that the rows of the vault are sealed.
    private(set) var saysSealed = false

    /// The key, when the vault has one already and it is this one.
    var verifiedKey: KeyMaterial? { verified?.material }

    init(path: String, _ configuration: VaultConfiguration) {
        self.path = path
        source = configuration.masterKey
        cost = configuration.passphraseCost
    }

    /// Refuses a key that is not the vault's; changes nothing in the database, and makes no key for a
    /// vault that has one.
    mutating func verify(_ connection: Connection) throws {
        guard let checkValue = try value(MetaName.checkValue, connection) else {
            // A vault has it before it has any other key: without it, it would pass for a new one.
            let keys = "SELECT count(*) FROM \(Table.keyEncryptionKey.name)"
            guard try connection.integer(keys) == 0 else {
                throw VaultOpeningError.withoutCheckValue(path)
            }
            return
        }
        let salt = try value(MetaName.salt, connection)
        let key: MasterKey
        switch source {
        case .file(let keyPath):
            guard salt == nil else { throw VaultOpeningError.needsPassphrase(path) }
            key = try inFile(keyPath, checkValue)
        case .bytes(let material):
            guard salt == nil else { throw VaultOpeningError.needsPassphrase(path) }
            key = try given(material)
        case .passphrase(let passphrase):
            guard let salt, let cost = try value(MetaName.cost, connection),
                let cost = PassphraseCost(bytes: cost)
            else { throw VaultOpeningError.needsKey(path) }
            key = try MasterKey(passphrase, salt: salt, cost)
        }
        guard let isSealed = key.hasSealedRows(checkValue) else {
            throw VaultOpeningError.wrongMasterKey(path)
        }
        verified = key
        saysSealed = isSealed
    }

    /// The key of the file, or the one beside it that a change of the master key left.
    ///
    /// Which one counts says the check value; a change that was cut off after its commit is brought
    /// to its end.
    private func inFile(_ keyPath: String, _ checkValue: [UInt8]) throws -> MasterKey {
        let stored = try MasterKeyFile.read(keyPath)
        if let stored, stored.matches(checkValue) { return stored }
        let resolved = try MasterKeyFile.resolve(keyPath)
        if let next = try MasterKeyFile.next(resolved), next.matches(checkValue) {
            _ = try MasterKeyFile.adoptNext(resolved, next)
            return next
        }
        guard let stored else { throw VaultOpeningError.missingMasterKey(keyPath, of: path) }
        return stored
    }

    /// The verified key; for a new vault the given or a new one, with its check value stored.
    func key(storedIn connection: Connection) throws -> KeyMaterial {
        if let verified { return verified.material }
        var values: [(MetaName, [UInt8])] = []
        let key: MasterKey
        switch source {
        case .file(let keyPath):
            key = try MasterKeyFile.read(keyPath) ?? MasterKeyFile.create(keyPath)
        case .bytes(let material):
            key = try given(material)
        case .passphrase(let passphrase):
            let salt = try SecureRandom.bytes(16)
            key = try MasterKey(passphrase, salt: salt, cost)
            values = [(.salt, salt), (.cost, cost.bytes)]
        }
        values.append((.checkValue, try key.makeCheckValue()))
        try connection.run(.beginImmediate)
        for (name, value) in values {
            let insertion = try connection.statement(MetaTable.insert)
            try insertion.bind(1, name.rawValue)
            try insertion.bind(2, blob: value)
            try insertion.run()
        }
        try connection.run(.commit)
        return key.material
    }

    /// The rows of the table `meta`.
    private func value(_ name: MetaName, _ connection: Connection) throws -> [UInt8]? {
        let row = try connection.statement(MetaTable.value)
        try row.bind(1, name.rawValue)
        return try row.step() ? row.blob(.value) : nil
    }

    private func given(_ material: KeyMaterial) throws(VaultOpeningError) -> MasterKey {
        guard let key = MasterKey(material) else {
            throw .malformedMasterKey("The key that was given")
        }
        return key
    }
}
