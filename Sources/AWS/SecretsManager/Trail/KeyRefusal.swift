/// What KMS answered when it refused what Secrets Manager asked for a caller, and to which request.
///
/// The caller is quoted both, and the trail has them in the record of that request.
struct KeyRefusal: Sendable, Equatable {
    let answer: APIError
    let requestID: String

    init(_ answer: APIError, requestID: String) {
        self.answer = answer
        self.requestID = requestID
    }
}

extension Requester {
    /// The same for a call whose record names a secret, so that what is asked about that secret need
    /// not name it again.
    func about(_ secret: SecretARN) -> Requester {
        var requester = self
        requester.subjectARN = secret.text
        return requester
    }

    /// Notes for the trail what KMS was asked for.
    func note(_ call: KeyCall) {
        var told = call
        if told.secretARN == subjectARN { told.secretARN = nil }
        dependents?.note(told.write)
    }

    /// Notes for the trail that KMS refused.
    func note(_ call: KeyCall, refusedWith answer: APIError) -> KeyRefusal {
        let refusal = KeyRefusal(answer, requestID: makeRequestID())
        var refused = call
        refused.refusal = refusal
        note(refused)
        return refusal
    }
}
