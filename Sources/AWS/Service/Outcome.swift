/// What came of a call: the answer or the error, and what the log says about it.
package struct Outcome<Response: Sendable>: Sendable {
    package let result: Result<Response, APIError>
    /// When the call was in its lane.
    package let time: Timestamp
    /// The secret's name, or its SecretId as sent when nothing was found under it.
    package let subject: String?
    let secretARN: SecretARN?
    /// What policies have against the call, for the audit trail.
    let refusals: String?

    init(
        result: Result<Response, APIError>,
        time: Timestamp,
        subject: String?,
        secretARN: SecretARN? = nil,
        refusals: String? = nil
    ) {
        self.result = result
        self.time = time
        self.subject = subject
        self.secretARN = secretARN
        self.refusals = refusals
    }

    init(failure: VaultFailure, at time: Timestamp, subject: String?) {
        let error = APIError.internalServiceError(cause: failure.description)
        self.init(result: .failure(error), time: time, subject: subject)
    }

    package var error: APIError? {
        if case .failure(let error) = result { error } else { nil }
    }

    /// The versions in the answer that had not been read before on this day.
    func firstAccesses<O: ReadOperation>(of _: O.Type) -> [VersionAccess]
    where O.Response == Response {
        guard case .success(let response) = result else { return [] }
        let today = time.startOfDay
        return O.accesses(in: response).filter { $0.lastAccessedAt != today }
    }
}
