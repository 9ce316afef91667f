internal import Notation

/// Every sentence of KMS about what keys do, about their rotation and their grants.
///
/// The texts marked [guess] have no public record; docs/compatibility.md lists them.
extension APIError {
    // MARK: Opening and sealing

    /// AWS gives it no text.
    static let invalidCiphertext = APIError(.invalidCiphertext, nil)

    static let incorrectKey = APIError(
        .incorrectKey,
        "The key ID in the request does not identify a CMK that can perform this operation."
    )

    static let keyOfCiphertextNotReachable = APIError(
        .accessDenied,
        "The ciphertext refers to a customer master key that does not exist, does not exist in this"
            + " region, or you are not allowed to access."
    )

    // [guess]
    static func algorithmUnfit(_ algorithm: String) -> APIError {
        APIError(
            .invalidKeyUsage,
            "Algorithm \(algorithm) and key spec \(KMSKey.spec) are incompatible."
        )
    }

    static let dryRun = APIError(
        .dryRun,
        "The request would have succeeded, but the DryRun option is set."
    )

    static let dataKeyLengthUnclear = APIError(
        .validation,
        "Please specify either number of bytes or key spec."
    )

    static let numberOfBytesMissing = APIError(.validation, "NumberOfBytes is required.")

    // [guess]
    static let recipientNotSupported = APIError(
        .unsupportedOperation,
        "Recipient is not supported: there are no enclaves here."
    )

    // MARK: Rotation

    static func tooManyRotations(_ arn: KeyARN) -> APIError {
        APIError(
            .limitExceeded,
            "The on-demand rotations limit has been reached for the given keyId. No more on-demand"
                + " rotations can be performed for this key: \(arn.text)"
        )
    }

    // MARK: Grants

    static func noSuchPrincipal(_ arn: String) -> APIError {
        APIError(.invalidARN, "ARN does not refer to a valid principal: \(arn)")
    }

    static func notPrincipal(_ text: String) -> APIError {
        APIError(.invalidARN, "ARN is not valid: \(text)")
    }

    // [guess]
    static let granteeUnclear = APIError(
        .validation,
        "Please specify either GranteePrincipal or GranteeServicePrincipal."
    )

    // [guess]
    static let retiringPrincipalUnclear = APIError(
        .validation,
        "Please specify either RetiringPrincipal or RetiringServicePrincipal."
    )

    // [guess]
    static func grantOperationUnfit(_ operation: String) -> APIError {
        APIError(
            .validation,
            "Operation \(operation) is not compatible with KeyUsage \(KMSKey.usage)"
        )
    }

    // [guess]
    static func noSuchGrant(_ id: String) -> APIError {
        APIError(.notFound, "Grant ID \(id) not found")
    }

    // [guess]
    static let grantUnclear = APIError(
        .validation,
        "Please specify either a grant token, or a key ID and a grant ID."
    )

    // [guess]
    static let invalidGrantID = APIError(.invalidGrantID, nil)

    // [guess]
    static let invalidGrantToken = APIError(.invalidGrantToken, nil)

    // [guess]
    static let tooManyGrants = APIError(
        .limitExceeded,
        "The key has \(KMSGrant.maximumPerKey) grants already."
    )
}
