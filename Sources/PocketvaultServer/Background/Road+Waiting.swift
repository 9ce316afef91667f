internal import AWS
internal import Notation
internal import Storage

extension Road {
    /// Does a piece of background work, with what follows from it, and waits for it to be on disk.
    ///
    /// - Parameters:
    ///   - find: gives what is to be changed, looked up in the lane; nil when nothing is any more.
    ///   - change: changes it.
    /// - Returns: what `change` gave; nil when nothing was found.
    /// - Throws: what the vault throws; then nothing was changed.
    func workAndWait<Subject: CallSubject, Answer: Sendable>(
        on find:
            @escaping @Sendable (any VaultReading, Timestamp) throws(APIError) -> Subject?,
        change:
            @escaping @Sendable (Subject, any VaultWriting, Timestamp) throws(APIError) -> Answer
    ) throws(APIError) -> Answer? {
        try vault.wait { deliver in work(on: find, change: change, then: deliver) }
    }
}
