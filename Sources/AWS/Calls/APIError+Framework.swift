internal import JSON

/// The codes that several services have.
extension APIError.Code {
    package static let accessDenied = Self("AccessDeniedException")
    package static let internalServiceError = Self("InternalServiceError", status: 500)
    package static let invalidAction = Self("InvalidAction")
    package static let invalidNextToken = Self("InvalidNextTokenException")
    package static let limitExceeded = Self("LimitExceededException")
    package static let malformedInput = Self("MalformedInput")
    package static let malformedPolicyDocument = Self("MalformedPolicyDocumentException")
    package static let queryAccessDenied = Self("AccessDenied", status: 403)
    package static let serialization = Self("SerializationException")
    package static let seedNotApplicable = Self("SeedNotApplicable")
    package static let serviceFailure = Self("ServiceFailure", status: 500)
    package static let unknownOperation = Self("UnknownOperationException")
    package static let unservedOperation = Self("UnknownOperationException", isOfService: false)
    package static let unservedPath = Self(
        "UnknownOperationException",
        status: 501,
        isOfService: false
    )
    package static let validation = Self("ValidationException", isOfService: false)
    package static let validationError = Self("ValidationError")
}

/// The errors that every JSON service gives before its own rules are asked.
extension APIError {
    /// No target, or one that names no operation.
    package static let unknownOperation = APIError(.unknownOperation, nil)

    /// An operation of a service that is not served.
    package static func unservedOperation(_ sentence: String) -> APIError {
        APIError(.unservedOperation, sentence)
    }

    /// The same of a service that is called by method and path; its clients take 404 for something
    /// that is not there.
    package static func unservedPath(_ sentence: String) -> APIError {
        APIError(.unservedPath, sentence)
    }

    /// A body that is not a JSON object.
    package static let unreadableBody = APIError(.serialization, nil)

    package static let listInsteadOfBody = APIError(
        .serialization,
        "Start of list found where not expected"
    )

    /// A query service was asked for something that is not here.
    package static func unknownQueryAction(_ action: String) -> APIError {
        APIError(
            .invalidAction,
            "Could not find operation \(action) in any service that this server speaks."
        )
    }

    package static func internalServiceError(cause: String) -> APIError {
        APIError(.internalServiceError, "An error occurred on the server side.", cause: cause)
    }

    /// A seed document that the vault does not take; the cause says where and why.
    package static func seedNotApplicable(cause: String) -> APIError {
        APIError(.seedNotApplicable, nil, cause: cause)
    }

    /// The vault's files are not what they were, which its user must know and AWS never says.
    static func unwritable(_ sentence: String) -> APIError {
        APIError(.internalServiceError, sentence, cause: sentence)
    }

    /// A member holds a value of the wrong JSON type.
    static func wrongType(_ kind: JSONKind, expected: MemberType) -> APIError {
        let text =
            switch (kind, expected) {
            case (.array, .string), (.array, .integer), (.array, .long), (.array, .boolean),
                (.array, .blob), (.array, .structure), (.array, .timestamp):
                "Start of list found where not expected"
            case (.object, .string), (.object, .integer), (.object, .long), (.object, .boolean),
                (.object, .blob), (.object, .list), (.object, .timestamp):
                "Start of structure or map found where not expected."
            case (_, .list): "Expected list or null"
            case (_, .structure): "Expected null"
            default: "\(kind.wireName) can not be converted to \(expected.article)"
            }
        return APIError(.serialization, text)
    }

    /// A NextToken that is none, or one of another query. [guess]
    static let invalidNextToken = APIError(.invalidNextToken, "Invalid NextToken.")

    /// A member of the query protocol that is not of its type.
    static let malformedInput = APIError(
        .malformedInput,
        "The request could not be read: a member is not of the type that it must have."
    )

    // MARK: Lists of the query protocol

    package static let unnumberedListElement = APIError(
        .malformedInput,
        "Start of list found where not expected"
    )

    package static let zeroListIndex = APIError(.malformedInput, "0 is not a valid index")

    package static func negativeListIndex(_ index: String) -> APIError {
        APIError(.malformedInput, "Key \(index) may not have a leading '-'")
    }

    package static func sparseList(skipping count: Int) -> APIError {
        APIError(
            .malformedInput,
            "Excessively sparse input would skip \(count) list elements"
        )
    }

    /// The same error as the query protocol names it.
    package var ofQueryProtocol: APIError {
        if code == .missingAuthenticationToken { return .missingQueryAuthenticationToken }
        let name: Code? =
            switch code {
            case .accessDenied: .queryAccessDenied
            case .internalServiceError: .serviceFailure
            case .throttling: .queryThrottling
            case .validation: .validationError
            default: nil
            }
        return name.map { APIError($0, message, cause: cause) } ?? self
    }

    /// A blob that is not base64.
    ///
    /// The value itself is not repeated: it may be a secret.
    static let invalidBase64 = APIError(
        .serialization,
        "The value can not be converted to a Blob: it is not valid base64"
    )

    /// Several constraints of the API's model may be broken at once; they are told together.
    static func validation(_ violations: [Violation]) -> APIError {
        let noun = violations.count == 1 ? "error" : "errors"
        let list = violations.map(\.text).joined(separator: "; ")
        return APIError(.validation, "\(violations.count) validation \(noun) detected: \(list)")
    }
}

/// The types of members, as far as the errors about them differ.
enum MemberType: Sendable {
    case string, integer, long, boolean, blob, list, structure, timestamp

    fileprivate var article: String {
        switch self {
        case .string: "a String"
        case .integer: "an Integer"
        case .long: "a Long"
        case .boolean: "a Boolean"
        case .blob: "a Blob"
        case .list: "a List"
        case .structure: "a Structure"
        case .timestamp: "milliseconds since epoch"
        }
    }
}

extension JSONKind {
    fileprivate var wireName: String {
        switch self {
        case .null: "NULL_VALUE"
        case .true: "TRUE_VALUE"
        case .false: "FALSE_VALUE"
        case .number: "NUMBER_VALUE"
        case .string: "STRING_VALUE"
        case .array: "START_ARRAY"
        case .object: "START_OBJECT"
        }
    }
}
