internal import AWS
internal import Notation

/// One change that waits for the writer.
struct WriteJob: Sendable {
    /// Delivers what came of the job: its answer after the commit, or the failure.
    typealias Completion = @Sendable (VaultFailure?) -> Void

    /// Has a transaction to itself, which ends with the job.
    let isAlone: Bool
    /// Makes the changes; may run twice.
    ///
    /// Only a job that is alone asks for them to be undone.
    let run: @Sendable (any VaultWriting) -> (completion: Completion, mustBeUndone: Bool)
    /// Answers a job that did not get to run.
    let refuse: @Sendable (VaultFailure) -> Void

    init<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    ) {
        isAlone = false
        run = { vault in
            let answer = body(vault)
            let completion: Completion = { failure in
                then(failure.map(Result.failure) ?? .success(answer))
            }
            return (completion, false)
        }
        refuse = { failure in then(.failure(failure)) }
    }

    /// A job that may take long.
    ///
    /// It is undone with its transaction and needs no savepoint, and it must not have one. Inside a
    /// savepoint SQLite keeps the former contents of every page in a journal of statements, which
    /// `temp_store = MEMORY` makes a chain of pieces in memory; and each statement inside that has a
    /// journal of its own, as every INSERT with a trigger and every DELETE with references has,
    /// walks the whole chain when it ends. That made a reset take time that grew with the square of
    /// its secrets. Without the savepoint the chain is gone after each statement.
    init<Answer: Sendable>(
        alone body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer,
        then: @escaping @Sendable (Result<Answer, APIError>) -> Void
    ) {
        isAlone = true
        let fail: @Sendable (VaultFailure) -> Void = { failure in
            then(.failure(.internalServiceError(cause: failure.description)))
        }
        run = { vault in
            let result = Result { () throws(APIError) in try body(vault) }
            let completion: Completion = { failure in
                if let failure { fail(failure) } else { then(result) }
            }
            if case .failure = result { return (completion, true) }
            return (completion, false)
        }
        refuse = fail
    }

    /// A job that notes what was read, as far as that can be stored.
    init(
        noting notes: [ReadNote],
        then: @escaping @Sendable () -> Void = {}
    ) {
        let body: @Sendable (any VaultWriting) -> Void = { vault in
            for note in notes {
                try? vault.atomically { vault throws(APIError) in try note.write(vault) }
            }
        }
        self.init(body, then: { _ in then() })
    }
}
