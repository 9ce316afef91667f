/// Why a call has no result, in words for whoever made it; no value is in it.
package enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The service said no.
    case refused(ServiceRefusal)
    /// Nobody was reached at an address; why.
    case unreachable(address: String, reason: String)
    /// Nothing could be made of what came, or nothing came in time.
    case failed(address: String, reason: String)
    /// The call could not be made; what to do about it.
    case impossible(String)
    /// Nobody waited for it any more.
    case cancelled

    package var description: String {
        switch self {
        case .refused(let refusal): refusal.description
        case .unreachable(let address, let reason): "no server at \(address) (\(reason))"
        case .failed(let address, let reason): "\(address): \(reason)"
        case .impossible(let text): text
        case .cancelled: "interrupted"
        }
    }

    /// What the service said, when it said no.
    package var refusal: ServiceRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// The code of the service's error, as in `ResourceNotFoundException`; nil for other errors.
    package var code: String? { refusal?.code }
}

/// The error of a service.
package struct ServiceRefusal: Sendable, Equatable, CustomStringConvertible {
    /// As in `ResourceNotFoundException`.
    package let code: String
    /// The service's sentence; empty when it says none.
    package let message: String
    /// Of HTTP.
    package let status: Int
    /// How long the service asks to wait before another try.
    package var retryAfterSeconds: Int?
    /// The service's name for the call; nil when it gave it none.
    package var requestID: String?
    /// Whether it is of the control surface, whose sentences say all; AWS's are known by their code.
    package var isControl = false

    /// An error as a service answers it.
    package init(code: String, message: String, status: Int, retryAfterSeconds: Int? = nil) {
        self.code = code
        self.message = message
        self.status = status
        self.retryAfterSeconds = retryAfterSeconds
    }

    package var description: String {
        if message.isEmpty { return code }
        return isControl ? message : "\(code): \(message)"
    }

    /// Whether the service asks to go slower.
    package var isThrottling: Bool {
        status == 429 || ServiceRefusal.throttlingCodes.contains(code)
    }

    /// Whether the same call may succeed in a moment.
    package var isPassing: Bool { isThrottling || status >= 500 }

    private static let throttlingCodes: Set<String> = [
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown",
        "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException",
    ]
}
