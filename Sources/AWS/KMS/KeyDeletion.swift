package import Notation

/// Deletes a key whose waiting period has ended; what it sealed does not open again.
package struct KeyDeletion: Sendable {
    private let key: KMSKey

    package init(of key: KMSKey) {
        self.key = key
    }

    /// - Returns: what is in the audit trail now.
    /// - Throws: what the vault throws; then nothing may be kept.
    @discardableResult
    package func run(at now: Timestamp, in vault: any VaultWriting) throws(APIError) -> AuditRecord
    {
        try vault.destroy(DeletedKey(key))
        let record = AuditRecord(of: "DeleteKey", key, at: now)
        try vault.append(record)
        return record
    }
}

/// A key whose material the vault may destroy: only what tells of its end makes one.
package struct DeletedKey: Sendable {
    package let key: KMSKey

    fileprivate init(_ key: KMSKey) {
        self.key = key
    }
}
