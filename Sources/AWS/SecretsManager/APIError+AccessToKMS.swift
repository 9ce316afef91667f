/// What Secrets Manager says when a KMS key is not to be had for its caller: in words of its own when
/// a permission is missing, else by quoting what KMS answered.
extension APIError {
    /// KMS refuses what Secrets Manager asks for its caller.
    package static let accessToKMSNotAllowed = APIError(
        .accessDenied,
        "Access to KMS is not allowed"
    )

    /// A value is under a key that KMS does not use.
    static func cannotDecrypt(_ answer: APIError, requestID: @autoclosure () -> String) -> APIError
    {
        guard answer.code != .accessDenied else { return .accessToKMSNotAllowed }
        let quote = answer.quoted(requestID: requestID())
        return APIError(
            .decryptionFailure,
            "Secrets Manager can't decrypt the secret value: \(quote)"
        )
    }

    /// A value cannot be sealed under a key that KMS does not use.
    static func cannotEncrypt(_ answer: APIError, requestID: @autoclosure () -> String) -> APIError
    {
        guard answer.code != .accessDenied else { return .accessToKMSNotAllowed }
        let quote = answer.quoted(requestID: requestID())
        return APIError(
            .encryptionFailure,
            "Secrets Manager can't encrypt the secret value: \(quote)"
        )
    }

    /// A request names a key that KMS does not use; for one that is pending deletion the sentence
    /// is a [guess].
    static func invalidKey(_ answer: APIError, requestID: @autoclosure () -> String) -> APIError {
        switch answer.code {
        case .accessDenied: return .accessToKMSNotAllowed
        case .disabled:
            return APIError(
                .invalidParameter,
                "The operation failed because the specified KMS key is disabled."
            )
        default:
            let quote = answer.quoted(requestID: requestID())
            return APIError(
                .invalidParameter,
                "The operation failed because of an invalid KMS key: \(quote)"
            )
        }
    }

    /// What KMS answered, in the frame of the call that Secrets Manager made to it.
    func quoted(requestID: String) -> String {
        "\(message ?? "") (Service: AWSKMS; Status Code: 400; Error Code: \(code.rawValue);"
            + " Request ID: \(requestID); Proxy: null)"
    }

    /// Whether a key is the reason.
    var isAboutKey: Bool {
        code == .decryptionFailure || code == .encryptionFailure || self == .accessToKMSNotAllowed
    }
}
