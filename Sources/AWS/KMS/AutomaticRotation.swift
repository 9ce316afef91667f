package import Notation

/// Gives a key another material because its period is over; what the former ones sealed still opens.
package struct AutomaticRotation: Sendable {
    private var key: KMSKey

    package init(of key: KMSKey) {
        self.key = key
    }

    /// - Returns: what is in the audit trail now; nil for a key that is not rotated any more.
    /// - Throws: what the vault throws; then nothing may be kept.
    package func run(
        at now: Timestamp,
        in vault: any VaultWriting
    ) throws(APIError) -> AuditRecord? {
        guard let rotation = key.rotation else { return nil }
        _ = try vault.insertMaterial(
            of: key,
            by: .init(.automatic, startedAt: now, endsAt: now)
        )
        var rotated = key
        rotated.rotation = KeyRotation(periodInDays: rotation.periodInDays, enabledAt: now)
        try vault.update(rotated)
        let record = AuditRecord(of: "RotateKey", key, at: now)
        try vault.append(record)
        return record
    }
}
