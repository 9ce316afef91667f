internal import AWS

/// One change that waits for the writer.
struct WriteJob: Sendable {
    /// Delivers what came of the job: its answer after the commit, or the failure.
    typealias Completion = @Sendable (VaultFailure?) -> Void

    /// Makes the changes; may run twice.
    let run: @Sendable (any VaultWriting) -> Completion
    /// Answers a job that did not get to run.
    let refuse: @Sendable (VaultFailure) -> Void

    init<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) -> Answer,
        then: @escaping @Sendable (Result<Answer, VaultFailure>) -> Void
    ) {
        run = { vault in
            let answer = body(vault)
            return { failure in then(failure.map(Result.failure) ?? .success(answer)) }
        }
        refuse = { failure in then(.failure(failure)) }
    }
}
