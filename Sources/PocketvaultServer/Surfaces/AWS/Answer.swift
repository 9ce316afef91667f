internal import AWS
internal import HTTPServer

/// What a surface answers to a request, and what the log says about it.
struct Answer: Sendable {
    private(set) var response: HTTPResponse
    /// The service that a call was for that is not answered here.
    var service: String?
    /// The name of the operation, once it is known.
    var operation: String?
    /// The name of the secret, or the SecretId as it was sent.
    var subject: String?
    var errorCode: String?
    /// What went wrong inside; for the log only.
    var cause: String?

    init(
        _ response: HTTPResponse,
        operation: String? = nil,
        subject: String? = nil,
        errorCode: String? = nil,
        cause: String? = nil
    ) {
        self.response = response
        self.operation = operation
        self.subject = subject
        self.errorCode = errorCode
        self.cause = cause
    }
}

extension Answer {
    /// The same where somebody had the connection go wrong.
    func broken(by connection: Fault.Connection?) -> Answer {
        guard let connection else { return self }
        var answer = self
        switch connection {
        case .resetBefore, .resetAfterCommit: answer.response = .none
        case .truncate: answer.response = response.cutInHalf
        }
        return answer
    }
}

/// Takes the answer of a surface; called once, on any thread.
typealias Reply = @Sendable (Answer) -> Void
