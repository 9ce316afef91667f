package import Notation

/// What can be asked about accounts as a whole.
package protocol AccountReading {
    /// The accounts that were made for tests, the oldest first.
    func madeAccounts() throws(APIError) -> [String]

    /// What is kept of accounts, by name.
    func snapshots() throws(APIError) -> [Snapshot]

    func snapshot(named name: String) throws(APIError) -> Snapshot?
}

/// What can be done with an account as a whole, whatever services keep rows in it.
package protocol AccountStore: AccountReading {
    /// Removes everything that belongs to an account, or to any.
    ///
    /// What belongs to none stays: the audit trail, the clock, snapshots, and the key-encryption keys,
    /// so that what they sealed stays readable. An account that was made for tests is one still, unless
    /// all are emptied.
    func empty(account: String?) throws(APIError)

    /// Makes an account that nobody has used before.
    func makeAccount(_ new: NewAccount) throws(APIError) -> MadeAccount

    /// Removes an account that was made, and all that belongs to it.
    ///
    /// - Returns: false for one that was not made so; nothing is changed then.
    func dropAccount(_ account: String) throws(APIError) -> Bool

    /// Keeps what belongs to an account, or to all, in place of what was kept by that name before.
    func takeSnapshot(_ new: NewSnapshot) throws(APIError) -> Snapshot

    /// Puts back what was kept, in place of what an account, or all, has now.
    ///
    /// What was destroyed since, the material of a KMS key, stays so.
    func restore(_ snapshot: Snapshot, account: String?) throws(APIError)

    func delete(_ snapshot: Snapshot) throws(APIError)
}

/// An account that is to be made for a test.
package struct NewAccount: Sendable {
    /// The account whose copy it is to be; nil for an empty one.
    package let template: String?
    /// The server's own account, which is never free.
    package let serverAccount: String
    package let createdAt: Timestamp
    package let randomness: Randomness

    package init(
        copying template: String?,
        besides serverAccount: String,
        at createdAt: Timestamp,
        _ randomness: Randomness
    ) {
        self.template = template
        self.serverAccount = serverAccount
        self.createdAt = createdAt
        self.randomness = randomness
    }
}

/// An account that was made, and the key of its root, whose id is the account.
package struct MadeAccount: Sendable {
    package let account: String
    package let secretAccessKey: String

    package init(account: String, secretAccessKey: String) {
        self.account = account
        self.secretAccessKey = secretAccessKey
    }
}
