package import Notation

/// Deletes a secret for good: when its recovery window has ended, at once when DeleteSecret is forced,
/// or when a replica takes its place.
package struct Purge: Sendable {
    private let secret: Secret

    package init(of secret: Secret) {
        self.secret = secret
    }

    /// - Returns: the end of each of its versions, which is in the audit trail now.
    @discardableResult
    package func run(
        at now: Timestamp,
        in vault: any VaultWriting
    ) throws(APIError) -> [ServiceEvent] {
        let events = try ServiceEvent.record(
            .endSecretVersionDelete,
            forVersionsOf: secret,
            at: now,
            in: vault
        )
        try vault.delete(PurgedSecret(secret))
        return events
    }
}

/// A secret that the vault may delete for good: only what tells of its end makes one.
package struct PurgedSecret: Sendable {
    package let secret: Secret

    fileprivate init(_ secret: Secret) {
        self.secret = secret
    }

    /// A copy in another region, whose end no event tells; nil for a secret that is no copy.
    package init?(copy: Secret) {
        guard copy.primaryID != nil else { return nil }
        self.init(copy)
    }
}
