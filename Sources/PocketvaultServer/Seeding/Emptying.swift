internal import AWS

/// What a reset removes before the seeds are applied again.
///
/// For one account that is everything that belongs to it. For the whole vault it is what belongs to
/// any account, and the clock's setting. The audit trail and the key-encryption keys stay.
struct Emptying: Sendable {
    /// The account to empty; nil for the whole vault.
    let account: String?

    func empty(_ vault: any VaultWriting) throws(APIError) {
        try vault.empty(account: account)
        if account == nil { try vault.setClockSetting(nil) }
    }
}
