internal import AWS

/// Why the credentials of a request are not accepted.
///
/// Services of the JSON protocol and of the query protocol have different names for the same.
enum SignatureFailure: Error, Equatable {
    /// There are none.
    case missing
    /// Something that a signature needs is not there; the text says what.
    case incomplete(String)
    /// There is a signature, but it is not one of this request, of this place or of this time.
    case invalid(String)
    /// Nobody has this access key, or the session token is not its own.
    case unknownKey
    /// The session is over.
    case expiredToken
    /// Whose the key is could not be read.
    case vaultFailed(APIError)

    static let mismatch = SignatureFailure.invalid(
        "The request signature we calculated does not match the signature you provided."
            + " Check your AWS Secret Access Key and signing method."
            + " Consult the service documentation for details."
    )

    /// The answer of a service of the JSON protocol.
    var jsonError: APIError {
        switch self {
        case .missing: .missingAuthenticationToken
        case .incomplete(let text): .incompleteSignature(text)
        case .invalid(let text): .invalidSignature(text)
        case .unknownKey: .unrecognizedClient
        case .expiredToken: .expiredToken
        case .vaultFailed(let error): error
        }
    }

    /// The answer of a service of the query protocol.
    var queryError: APIError {
        switch self {
        case .missing: .missingQueryAuthenticationToken
        case .incomplete(let text): .incompleteQuerySignature(text)
        case .invalid(let text): .signatureDoesNotMatch(text)
        case .unknownKey: .invalidClientTokenID
        case .expiredToken: .expiredQueryToken
        case .vaultFailed(let error): error
        }
    }
}
