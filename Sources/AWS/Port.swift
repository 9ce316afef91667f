/// The store, as the operations see it: what is here, and one protocol for each service, which
/// stands in the service's folder.
///
/// Every method that reaches the disk may throw an InternalServiceError with the cause, which fails
/// the call and changes nothing.
package protocol Vault: Sendable {
    /// Runs `body` here, on this thread, on one consistent state of the vault.
    ///
    /// `body` may run a second time when the first met a change: it must be pure.
    func read(_ body: (any VaultReading) -> Void) throws(VaultFailure)

    /// Runs `body` in the write lane, with others in one commit, and `then` once it is on disk.
    ///
    /// `body` may run a second time when the first was lost with its batch: it must be pure.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    )

    /// Runs `body` in the write lane in a transaction of its own, which goes on for as long as it
    /// takes; what `body` throws leaves the vault as it was.
    ///
    /// For work that grows with the vault: other writes wait for it, reads do not. `body` may run
    /// a second time when the first was lost: it must be pure.
    func writeAlone<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer,
        then: @escaping @Sendable (Result<Answer, APIError>) -> Void
    )

    /// Notes in the write lane that something was read; `then` comes when that is on disk.
    ///
    /// While work of `writeAlone` is under way or waits, `then` comes at once and the notes follow.
    /// A note that cannot be stored, on a full disk perhaps, is lost in silence: that is no reason
    /// to refuse a read.
    func note(_ notes: [ReadNote], then: @escaping @Sendable () -> Void)

    /// Queues the record of a read; it is committed within 100 ms, and at the end.
    func append(_ record: AuditRecord)

    /// How many records the audit trail lost since the vault was opened, to a full queue or a full
    /// disk.
    var droppedAuditRecords: Int { get }

    /// Has `follower` called after each commit and each loss of records, until the vault closes.
    ///
    /// It is called in the write lane and must not wait.
    func follow(_ follower: @escaping @Sendable () -> Void)
}

extension Vault {
    /// Reads, and gives what `body` gives.
    ///
    /// The compiler makes no copy of it for the answer's type where the vault may be any: what is called most
    /// takes its answer out of `body` itself.
    package func read<Answer: Sendable>(
        _ body: (any VaultReading) -> Answer
    ) throws(VaultFailure) -> Answer {
        var answer: Answer?
        try read { vault in answer = body(vault) }
        guard let answer else { throw .nothingRead }
        return answer
    }

    /// The same for a body that may refuse; that the vault cannot be read is one more refusal.
    ///
    /// - Throws: what `body` throws, or InternalServiceError with the cause.
    package func reading<Answer: Sendable>(
        _ body: (any VaultReading) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        let result: Result<Answer, APIError>
        do throws(VaultFailure) {
            result = try read { vault in Result { () throws(APIError) in try body(vault) } }
        } catch {
            throw APIError(error)
        }
        return try result.get()
    }
}

extension APIError {
    /// The store's failure, as who called hears of it.
    package init(_ failure: VaultFailure) {
        self =
            failure.isTold
            ? .unwritable(failure.description)
            : .internalServiceError(cause: failure.description)
    }
}

/// Why the vault could not be read or changed, for the log.
package struct VaultFailure: Error, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether it is for whoever calls, too.
    let isTold: Bool

    package init(_ description: String, isTold: Bool = false) {
        self.description = description
        self.isTold = isTold
    }

    static let nothingRead = VaultFailure("nothing was read")
}

/// What can be asked of the vault.
package protocol VaultReading: SecretsManagerReading, KMSReading, IAMReading, STSReading,
    ECSReading, PrincipalReading, TrailReading, VaultSettingReading, AccountReading
{}

/// What can be done to the vault.
package protocol VaultWriting: VaultReading, SecretsManagerWriting, KMSWriting, IAMWriting,
    STSWriting, ECSWriting,
    AccountStore, TrailWriting, VaultSettingWriting
{
    /// Runs `body` whole or, when it throws, as if it had never run.
    func atomically<Answer>(
        _ body: (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer
}
