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
    /// Somebody had the connection go wrong; nil for nobody.
    mutating func breakOff(by connection: Fault.Connection?) {
        switch connection {
        case nil: break
        case .resetBefore, .resetAfterCommit: response = .none
        case .truncate: response = response.cutInHalf
        }
    }
}

/// Takes the answer of a surface; called once, on any thread.
typealias Reply = @Sendable (Answer) -> Void
