package import AWS
internal import Threads

/// Writes that a thread waits for: the server's own threads, at the start and in the background, and
/// tests. A thread of the listener must not wait.
extension Vault {
    /// Changes the vault whole or not at all, and waits for it to be on disk.
    ///
    /// - Throws: what `body` throws, or InternalServiceError with the cause.
    @discardableResult
    package func writeAndWait<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        try wait { deliver in
            write { vault in
                Result { () throws(APIError) in try vault.atomically(body) }
            } then: { result in
                switch result {
                case .success(let answer): deliver(answer)
                case .failure(let failure): deliver(.failure(APIError(failure)))
                }
            }
        }
    }

    /// Does work that may take long, whole or not at all, and waits for it to be on disk.
    ///
    /// - Throws: what `body` throws, or InternalServiceError with the cause.
    @discardableResult
    package func writeAloneAndWait<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        try wait { deliver in writeAlone(body, then: deliver) }
    }

    /// Waits for the one result that what `start` began will deliver.
    package func wait<Answer: Sendable>(
        for start: (@escaping @Sendable (Result<Answer, APIError>) -> Void) -> Void
    ) throws(APIError) -> Answer {
        let delivered = Locked<Result<Answer, APIError>?>(nil)
        let signal = WakeSignal()
        start { result in
            delivered.withLock { $0 = result }
            signal.wake()
        }
        signal.wait(until: nil)
        guard let result = delivered.withLock({ $0 }) else {
            throw .internalServiceError(cause: "the write was never answered")
        }
        return try result.get()
    }
}
