package import Notation

/// What a call is about, as the vault has it, and what is changed when nobody calls.
package protocol CallSubject: Sendable {
    /// Does what follows a change of it, in the same transaction.
    ///
    /// The road calls it after every change, those of the background included, on the subject as it
    /// was before; it may be changed by now, or gone.
    ///
    /// - Parameters:
    ///   - now: the time of the change.
    ///   - requester: in whose name it was made.
    ///   - vault: where the subject is.
    /// - Throws: what the vault throws; then nothing may be kept.
    func follow(
        at now: Timestamp,
        by requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError)
}

extension CallSubject {
    /// Nothing follows, unless the subject says what.
    package func follow(
        at now: Timestamp,
        by requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError) {}
}

/// The subject of operations that are about nothing in particular.
package enum NoSubject: CallSubject {}
