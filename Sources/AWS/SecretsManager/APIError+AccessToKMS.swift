/// What Secrets Manager says when a KMS key is not to be had for its caller: in words of its own when
/// a permission is missing, else by quoting what KMS answered.
extension APIError {
    /// KMS refuses what Secrets Manager asks for its caller.
    package static let accessToKMSNotAllowed = APIError(
        .accessDenied,
        "Access to KMS is not allowed"
    )

    /// A value is under a key that KMS does not use.
    static func cannotDecrypt(_ refusal: KeyRefusal) -> APIError {
        guard refusal.answer.code != .accessDenied else { return .accessToKMSNotAllowed }
        return APIError(
            .decryptionFailure,
            "Secrets Manager can't decrypt the secret value: \(refusal.quote)"
        )
    }

    /// A value cannot be sealed under a key that KMS does not use.
    static func cannotEncrypt(_ refusal: KeyRefusal) -> APIError {
        guard refusal.answer.code != .accessDenied else { return .accessToKMSNotAllowed }
        return APIError(
            .encryptionFailure,
            "Secrets Manager can't encrypt the secret value: \(refusal.quote)"
        )
    }

    /// A request names a key that KMS does not use; for one that is pending deletion the sentence
    /// is a [guess].
    static func invalidKey(_ refusal: KeyRefusal) -> APIError {
        switch refusal.answer.code {
        case .accessDenied: return .accessToKMSNotAllowed
        case .disabled:
            return APIError(
                .invalidParameter,
                "The operation failed because the specified KMS key is disabled."
            )
        default:
            return APIError(
                .invalidParameter,
                "The operation failed because of an invalid KMS key: \(refusal.quote)"
            )
        }
    }

    /// Whether a key is the reason.
    var isAboutKey: Bool {
        code == .decryptionFailure || code == .encryptionFailure || self == .accessToKMSNotAllowed
    }
}

extension KeyRefusal {
    /// What KMS answered, in the frame of the call that Secrets Manager made to it.
    var quote: String {
        "\(answer.message ?? "") (Service: AWSKMS; Status Code: 400; Error Code:"
            + " \(answer.code.rawValue); Request ID: \(requestID); Proxy: null)"
    }
}
