package import AWS
package import Cryptography

/// What a vault is opened with.
package struct VaultConfiguration: Sendable {
    /// The database file, or `:memory:` for one that goes when the vault is closed.
    package var path: String
    package var masterKey: MasterKeySource
    /// How many records the audit trail keeps.
    package var auditRecordLimit = 100_000
    /// Where a `:memory:` vault is put when there is no room in /dev/shm.
    package var temporaryDirectory = "/tmp"
    /// How many reads may run at once without opening a connection for them.
    package var readerCount = 4
    /// Whether rows that do not fit their seal are sealed as they are.
    package var acceptsChangedRows = false
    /// What the trail says when rows are sealed that the seal did not cover; nil for nothing.
    package var record: (@Sendable (RowSealing) -> AuditRecord)?
    /// How hard a passphrase is to guess; of consequence when a vault is made.
    var passphraseCost = PassphraseCost.recommended

    package init(path: String, masterKey: MasterKeySource) {
        self.path = path
        self.masterKey = masterKey
    }

    /// The path that means a vault in memory.
    package static let inMemory = ":memory:"
}

/// Why rows are sealed as they are found.
package enum RowSealing: Sendable, Equatable {
    /// The vault is from before there was a seal; the version of its schema.
    case first(schema: Int64)
    /// Whoever started the server takes them as they are, although those of these tables were changed.
    case accepted(tables: [String])
}

/// Where the master key comes from.
package enum MasterKeySource: Sendable {
    /// A file with the key, raw or in base64; made when neither it nor the vault exists yet.
    case file(String)
    /// The key itself, 32 bytes.
    case bytes(KeyMaterial)
    /// Something a person remembers, in UTF-8.
    case passphrase([UInt8])

    /// A key in base64, as an environment variable holds it.
    ///
    /// - Parameters:
    ///   - text: The base64 of 32 bytes; white space around it is ignored.
    ///   - holder: What the refusal calls the place that the text came from.
    /// - Returns: The source `bytes`.
    /// - Throws: A refusal that names the holder when there is no such key in the text.
    package static func base64(
        _ text: String,
        from holder: String
    ) throws(VaultOpeningError) -> MasterKeySource {
        guard let key = MasterKey(parsing: Array(text.utf8)) else {
            throw .malformedMasterKey(holder)
        }
        return .bytes(key.material)
    }
}
