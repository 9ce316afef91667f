/// An error as a client sees it: the code that SDKs turn into a typed exception, and a sentence.
///
/// Factories for every situation stand in the catalogue of each service; nothing else makes one.
package struct APIError: Error, Sendable {
    package let code: Code
    /// Nil for the errors of the front end that have a code only.
    package let message: String?
    /// What went wrong inside, for the log and never for the client.
    package let cause: String?

    init(_ code: Code, _ message: String?, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package enum Code: String, Sendable, CaseIterable {
        case accessDenied = "AccessDeniedException"
        case alreadyExists = "AlreadyExistsException"
        case deleteConflict = "DeleteConflict"
        case decryptionFailure = "DecryptionFailure"
        case disabled = "DisabledException"
        case encryptionFailure = "EncryptionFailure"
        case expiredQueryToken = "ExpiredToken"
        case expiredToken = "ExpiredTokenException"
        case incompleteQuerySignature = "IncompleteSignature"
        case incompleteSignature = "IncompleteSignatureException"
        case internalServiceError = "InternalServiceError"
        case invalidAction = "InvalidAction"
        case invalidAliasName = "InvalidAliasNameException"
        case invalidARN = "InvalidArnException"
        case invalidClientTokenID = "InvalidClientTokenId"
        case invalidEventCategory = "InvalidEventCategoryException"
        case invalidLookupAttributes = "InvalidLookupAttributesException"
        case invalidMarker = "InvalidMarkerException"
        case invalidMaxResults = "InvalidMaxResultsException"
        case invalidNextToken = "InvalidNextTokenException"
        case invalidParameter = "InvalidParameterException"
        case invalidRequest = "InvalidRequestException"
        case invalidSignature = "InvalidSignatureException"
        case invalidTimeRange = "InvalidTimeRangeException"
        case kmsInvalidState = "KMSInvalidStateException"
        case limitExceeded = "LimitExceededException"
        case malformedPolicyDocument = "MalformedPolicyDocumentException"
        case missingAuthenticationToken = "MissingAuthenticationTokenException"
        case missingQueryAuthenticationToken = "MissingAuthenticationToken"
        case notAuthorized = "NotAuthorizedException"
        case notFound = "NotFoundException"
        case publicPolicy = "PublicPolicyException"
        case resourceExists = "ResourceExistsException"
        case resourceNotFound = "ResourceNotFoundException"
        case serialization = "SerializationException"
        case signatureDoesNotMatch = "SignatureDoesNotMatch"
        case tag = "TagException"
        case unknownOperation = "UnknownOperationException"
        case unrecognizedClient = "UnrecognizedClientException"
        case entityAlreadyExists = "EntityAlreadyExists"
        case iamLimitExceeded = "LimitExceeded"
        case invalidInput = "InvalidInput"
        case malformedInput = "MalformedInput"
        case malformedPolicy = "MalformedPolicyDocument"
        case noSuchEntity = "NoSuchEntity"
        case queryAccessDenied = "AccessDenied"
        case serviceFailure = "ServiceFailure"
        case validationError = "ValidationError"
        case unsupportedOperation = "UnsupportedOperationException"
        case validation = "ValidationException"

        /// Every modelled client error is 400, a missing secret included; the older services say 403
        /// of credentials.
        package var status: Int {
            switch self {
            case .internalServiceError, .serviceFailure: 500
            case .noSuchEntity: 404
            case .deleteConflict, .entityAlreadyExists, .iamLimitExceeded: 409
            case .expiredQueryToken, .invalidClientTokenID, .missingQueryAuthenticationToken,
                .queryAccessDenied, .signatureDoesNotMatch:
                403
            default: 400
            }
        }

        /// Whether the service itself throws it, and its text stands under `Message`; errors of
        /// the framework in front of the service have `message`.
        package var isOfService: Bool {
            switch self {
            case .expiredToken, .incompleteSignature, .invalidSignature,
                .missingAuthenticationToken, .unrecognizedClient, .validation:
                false
            default: true
            }
        }
    }
}

extension APIError: Equatable {
    /// Two errors are the same when a client could not tell them apart.
    package static func == (left: APIError, right: APIError) -> Bool {
        left.code == right.code && left.message == right.message
    }
}
