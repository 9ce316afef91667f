internal import AWS
internal import Dispatch
internal import Threads

extension Vault {
    /// Changes the vault whole or not at all, and waits for it to be on disk.
    ///
    /// For the server's own threads: a thread of the listener must not wait.
    func writeAndWait<Answer: Sendable>(
        _ body: @escaping @Sendable (any VaultWriting) throws(APIError) -> Answer
    ) throws -> Answer {
        let written = Locked<Result<Result<Answer, APIError>, VaultFailure>?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        write { vault in
            Result { () throws(APIError) in try vault.atomically(body) }
        } then: { result in
            written.withLock { $0 = result }
            isDone.signal()
        }
        isDone.wait()
        guard let result = written.withLock({ $0 }) else {
            throw VaultFailure("the write was never answered")
        }
        return try result.get().get()
    }
}
