internal import AWS
internal import Cryptography
internal import Threads

/// What gives an open vault a new master key.
///
/// The key-encryption keys are wrapped anew in one transaction, with the check value; values and
/// their data keys stay as they are. A key file changes in three steps, and whoever is killed
/// between two of them leaves a vault that opens: the new key is written beside the old one and is
/// on disk before the transaction, and only after its commit it gets the old one's name. Who opens
/// the vault in between finds by the check value which of the two files counts
/// (`MasterKeyCheck`).
struct MasterKeyRotation: Sendable {
    /// Of the database.
    let path: String
    /// Where the present key came from.
    let source: MasterKeySource
    let cost: PassphraseCost
    let keys: MasterKeys
    /// One change at a time: two would overwrite each other's new key.
    let isGoingOn = Locked(false)

    /// The new key, as the vault needs it.
    struct NewKey: Sendable {
        let key: MasterKey
        /// What is kept of a passphrase.
        var salt: [UInt8]?
        /// What the present key file is replaced with once the change is on disk.
        var replacedFile: String?
    }

    /// Makes or takes the new key; nothing of the vault has changed yet.
    func newKey(_ wanted: MasterKeySource?) throws -> NewKey {
        guard let wanted else {
            guard case .file(let file) = source else { throw KeyRotationError.givenFromOutside }
            let path = try MasterKeyFile.resolve(file)
            return NewKey(key: try MasterKeyFile.makeNext(path), replacedFile: path)
        }
        switch wanted {
        case .file(let file):
            return NewKey(key: try MasterKeyFile.read(file) ?? MasterKeyFile.create(file))
        case .bytes(let material):
            guard let key = MasterKey(material) else {
                throw VaultOpeningError.malformedMasterKey("The new key")
            }
            return NewKey(key: key)
        case .passphrase(let passphrase):
            let salt = try SecureRandom.bytes(16)
            return NewKey(key: try MasterKey(passphrase, salt: salt, cost), salt: salt)
        }
    }
}

/// What came of a change of the master key.
package struct RotatedMasterKey: Sendable {
    /// How many key-encryption keys were wrapped anew.
    package let wrappedKeys: Int
    /// The key file that was replaced; nil when the key is in none, or in another one.
    package let file: String?
    /// Where the former key is now, for copies that were made before.
    package let formerFile: String?
}

/// Why a vault keeps its master key, in words that say what to do.
package struct KeyRotationError: Error, Sendable, CustomStringConvertible {
    package let description: String

    static let givenFromOutside = KeyRotationError(
        description: """
            the master key of this vault is in no file that could be changed: run pocketvault key \
            rotate --database, with nobody serving the vault and the new key in \
            POCKETVAULT_NEW_MASTER_KEY or POCKETVAULT_NEW_PASSPHRASE
            """
    )

    static let underWay = KeyRotationError(
        description: "the master key is being changed already; wait for that to end"
    )
}

extension SQLiteVault {
    /// Gives the vault a new master key and waits for it to be on disk.
    ///
    /// - Parameter source: where the new key comes from; nil for a fresh one in the present key
    ///   file, whose former key is kept beside it.
    /// - Returns: what was done.
    /// - Throws: one line that says what to do; the vault then has the key that it had, unless the
    ///   line says otherwise.
    @discardableResult
    package func rotateMasterKey(
        to source: MasterKeySource? = nil
    ) throws(KeyRotationError) -> RotatedMasterKey {
        guard rotation.isGoingOn.withLock({ isGoingOn in !isGoingOn.exchange(true) }) else {
            throw .underWay
        }
        defer { rotation.isGoingOn.withLock { $0 = false } }
        do {
            let new = try rotation.newKey(source)
            let count = try rewrap(under: new)
            // The WAL still has pages with what the former key opens.
            emptyWAL()
            guard let file = new.replacedFile else {
                return RotatedMasterKey(wrappedKeys: count, file: nil, formerFile: nil)
            }
            return RotatedMasterKey(
                wrappedKeys: count,
                file: file,
                formerFile: try adoptNext(file, new.key)
            )
        } catch let error as KeyRotationError {
            throw error
        } catch let error as VaultOpeningError {
            throw KeyRotationError(description: error.description)
        } catch let error as APIError {
            throw KeyRotationError(
                description: "the master key was not changed: \(error.cause ?? error.code.rawValue)"
            )
        } catch {
            throw KeyRotationError(description: "the master key was not changed: \(error)")
        }
    }

    func rewrap(under new: MasterKeyRotation.NewKey) throws(APIError) -> Int {
        try writeAloneAndWait { [cost = rotation.cost] vault throws(APIError) in
            guard let transaction = vault as? SQLiteTransaction else {
                throw .internalServiceError(cause: "the transaction is not this store's")
            }
            return try transaction.translatingErrors {
                try transaction.rewrapKeys(under: new, cost)
            }
        }
    }

    /// The last step; when it fails, the next start of the vault makes it.
    private func adoptNext(_ file: String, _ key: MasterKey) throws(KeyRotationError) -> String? {
        do throws(VaultOpeningError) {
            return try MasterKeyFile.adoptNext(file, key)
        } catch {
            throw KeyRotationError(
                description: "the vault has its new master key, which is still beside \(file)"
                    + " and gets its name at the next start: \(error.description)"
            )
        }
    }
}

extension Bool {
    /// Sets it and tells what it was.
    fileprivate mutating func exchange(_ value: Bool) -> Bool {
        defer { self = value }
        return self
    }
}

extension SQLiteTransaction {
    /// Wraps every key-encryption key under another master key, and stores how that one is known.
    func rewrapKeys(
        under new: MasterKeyRotation.NewKey,
        _ cost: PassphraseCost
    ) throws -> Int {
        var stored: [WrappedKey] = []
        do {
            let rows = try statement(KeyEncryptionKeyTable.all)
            while try rows.step() { stored.append(connection.wrappedKey(in: rows)) }
        }
        // One that was destroyed stays so.
        let living = stored.filter { !$0.isDestroyed }
        for key in living {
            try connection.rewrapKey(id: key.id, try keyring.rewrapped(key, under: new.key))
        }
        try setBlob(try new.key.makeCheckValue(), .checkValue)
        try setBlob(new.salt, .salt)
        try setBlob(new.salt.map { _ in cost.bytes }, .cost)
        keyring.adoptAtCommit(new.key)
        return living.count
    }
}
