/// What can be done with an account as a whole, whatever services keep rows in it.
package protocol AccountStore {
    /// Removes everything that belongs to an account, or to any.
    ///
    /// What belongs to none stays: the audit trail, the clock, and the key-encryption keys, so that
    /// what they sealed stays readable.
    func empty(account: String?) throws(APIError)
}
