/// The codes about credentials; the older services have names of their own for them.
extension APIError.Code {
    package static let expiredQueryToken = Self("ExpiredToken", status: 403)
    package static let expiredToken = Self("ExpiredTokenException", isOfService: false)
    package static let incompleteQuerySignature = Self("IncompleteSignature")
    package static let incompleteSignature = Self(
        "IncompleteSignatureException",
        isOfService: false
    )
    package static let invalidClientTokenID = Self("InvalidClientTokenId", status: 403)
    package static let invalidSignature = Self("InvalidSignatureException", isOfService: false)
    package static let missingAuthenticationToken = Self(
        "MissingAuthenticationTokenException",
        isOfService: false
    )
    package static let missingQueryAuthenticationToken = Self(
        "MissingAuthenticationToken",
        status: 403
    )
    package static let signatureDoesNotMatch = Self("SignatureDoesNotMatch", status: 403)
    package static let unrecognizedClient = Self("UnrecognizedClientException", isOfService: false)
}

/// The errors of AWS's front door about the credentials of a request.
extension APIError {
    // MARK: Services of the JSON protocol

    package static let missingAuthenticationToken = APIError(
        .missingAuthenticationToken,
        "Missing Authentication Token"
    )

    package static func incompleteSignature(_ text: String) -> APIError {
        APIError(.incompleteSignature, text)
    }

    package static func invalidSignature(_ text: String) -> APIError {
        APIError(.invalidSignature, text)
    }

    package static let unrecognizedClient = APIError(.unrecognizedClient, unknownToken)

    package static let expiredToken = APIError(.expiredToken, expired)

    // MARK: Services of the query protocol

    package static let missingQueryAuthenticationToken = APIError(
        .missingQueryAuthenticationToken,
        "Request is missing Authentication Token"
    )

    package static func incompleteQuerySignature(_ text: String) -> APIError {
        APIError(.incompleteQuerySignature, text)
    }

    package static func signatureDoesNotMatch(_ text: String) -> APIError {
        APIError(.signatureDoesNotMatch, text)
    }

    package static let invalidClientTokenID = APIError(.invalidClientTokenID, unknownToken)

    package static let expiredQueryToken = APIError(.expiredQueryToken, expired)

    private static let unknownToken = "The security token included in the request is invalid."
    private static let expired = "The security token included in the request is expired"
}
