extension APIError.Code {
    package static let connectionReset = Self("ConnectionReset", status: 500)
    package static let queryThrottling = Self("Throttling")
    package static let serviceUnavailable = Self(
        "ServiceUnavailable",
        status: 503,
        isOfService: false
    )
    package static let throttling = Self("ThrottlingException", isOfService: false)
}

/// What somebody asked for to happen to a call.
extension APIError {
    /// More calls than AWS takes in so much time.
    package static let throttled = APIError(.throttling, "Rate exceeded")

    /// For the audit trail: the client sees its connection closed, and no answer.
    static let connectionReset = APIError(
        .connectionReset,
        "A fault rule closed the connection, and nothing was done."
    )

    /// Before the vault is open and its seeds are in; SDKs try again.
    package static let starting = APIError(
        .serviceUnavailable,
        "The vault is being opened and seeded."
    )

    /// What every service may answer, with AWS's sentences.
    static let ofEveryService: [APIError] = [
        .throttled,
        .internalServiceError(cause: faultSentence),
        APIError(.serviceUnavailable, nil, cause: faultSentence),
        APIError(.accessDenied, faultSentence),
        .validation([]),
        .unrecognizedClient,
        .expiredToken,
    ]

    /// One whose sentence depends on what is asked for, where nothing is.
    static func fault(_ code: Code) -> APIError { APIError(code, faultSentence) }

    private static let faultSentence = "A fault rule of this vault answers so."

    /// The same error with another sentence, unless there is none.
    package func saying(_ message: String?) -> APIError {
        APIError(code, message ?? self.message, cause: cause)
    }
}
