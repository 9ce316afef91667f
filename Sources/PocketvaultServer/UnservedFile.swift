internal import Storage

/// What is done with the file of a vault itself, and not with what is in it.
package enum UnservedFile {
    /// Copies a vault, whether it is served or not.
    ///
    /// - Parameters:
    ///   - database: the vault's file.
    ///   - path: where there is nothing yet.
    /// - Throws: one line that says what to do; there is no copy then.
    package static func copy(_ database: String, to path: String) throws(StartError) {
        try StartError.wrapping { () throws(VaultOpeningError) in
            try VaultCopy.make(of: database, at: path)
        }
    }

    /// What can be told of a vault's file without opening the vault.
    package enum Inspection: Sendable, Equatable {
        /// Another process has it open.
        case served
        /// It would open; whether its schema is brought up to date then.
        case sound(schema: Int64, isOlder: Bool)
        /// Something in it is damaged; SQLite's words.
        case damaged(String)
        /// Rows are not those that were sealed; a sentence that says what to do.
        case changed(String)
    }

    /// Looks at the file of a vault, its schema and its master key.
    ///
    /// - Parameter configuration: the file and its key.
    /// - Returns: what there is to tell.
    /// - Throws: one line that says why the vault would not open.
    package static func inspect(_ configuration: Configuration) throws(StartError) -> Inspection {
        let opening = try configuration.vault()
        let found = try StartError.wrapping { () throws(VaultOpeningError) in
            try VaultInspection.look(at: opening)
        }
        if found.isServed { return .served }
        if let damage = found.damage { return .damaged(damage) }
        if let sentence = found.changedRows { return .changed(sentence) }
        return .sound(
            schema: found.schema,
            isOlder: found.schema < VaultInspection.newestSchema
        )
    }

    /// Where the new master key of a vault comes from.
    package enum NewKey: Sendable {
        /// Made, in the key file that the vault has.
        case fresh
        /// Base64 of 32 bytes, from the variable that is named.
        case base64(String, from: String)
        case passphrase(String)
        /// The key in another file, which is made when it is missing.
        case file(String)
    }

    /// What came of a new master key.
    package struct Rotation: Sendable {
        /// How many key-encryption keys were wrapped anew.
        package let wrappedKeys: Int
        /// The key file that was replaced; nil when the key is in none, or in another one.
        package let file: String?
        /// Where the former key is now.
        package let formerFile: String?
    }

    /// Gives a vault that nobody serves a new master key.
    ///
    /// - Parameters:
    ///   - configuration: the vault, and its present key.
    ///   - key: where the new one comes from.
    /// - Returns: what was done.
    /// - Throws: one line that says what to do; the vault then has the key that it had, unless the
    ///   line says otherwise.
    package static func rotateMasterKey(
        of configuration: Configuration,
        to key: NewKey
    ) throws(StartError) -> Rotation {
        let opening = try configuration.vault(on: Machine())
        let vault = try StartError.wrapping { () throws(VaultOpeningError) in
            try SQLiteVault.open(opening)
        }
        defer { vault.close() }
        let source: MasterKeySource?
        switch key {
        case .fresh: source = nil
        case .base64(let text, let holder):
            source = try StartError.wrapping { () throws(VaultOpeningError) in
                try MasterKeySource.base64(text, from: holder)
            }
        case .passphrase(let passphrase): source = .passphrase(Array(passphrase.utf8))
        case .file(let path): source = .file(path)
        }
        let done = try StartError.wrapping { () throws(KeyRotationError) in
            try vault.rotateMasterKey(to: source)
        }
        return Rotation(
            wrappedKeys: done.wrappedKeys,
            file: done.file,
            formerFile: done.formerFile
        )
    }
}
