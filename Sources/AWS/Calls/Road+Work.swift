package import Notation

extension Road {
    /// Does a piece of what the services do on their own, in the write lane: it and what follows from
    /// it are one transaction.
    ///
    /// - Parameters:
    ///   - find: gives what is to be changed, looked up here in the lane, where nothing else can
    ///     change it; nil when there is nothing to do any more.
    ///   - change: changes it.
    ///   - reply: comes when that is on disk, with what `change` gave; nil when nothing was found.
    package func work<Subject: CallSubject, Answer: Sendable>(
        on find:
            @escaping @Sendable (any VaultReading, Timestamp) throws(APIError) -> Subject?,
        change:
            @escaping @Sendable (Subject, any VaultWriting, Timestamp) throws(APIError) -> Answer,
        then reply: @escaping @Sendable (Result<Answer?, APIError>) -> Void
    ) {
        vault.write { [self] vault in
            let time = now()
            return Result { () throws(APIError) in
                try vault.atomically { vault throws(APIError) -> Answer? in
                    guard let subject = try find(vault, time) else { return nil }
                    let answer = try change(subject, vault, time)
                    try subject.follow(at: time, by: .service(randomness), vault)
                    return answer
                }
            }
        } then: { result in
            switch result {
            case .success(let answer): reply(answer)
            case .failure(let failure): reply(.failure(APIError(failure)))
            }
        }
    }
}
