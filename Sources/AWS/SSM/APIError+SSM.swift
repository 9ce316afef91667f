/// The codes of Systems Manager.
extension APIError.Code {
    package static let parameterNotFound = Self("ParameterNotFound")
}

/// The errors of Systems Manager.
extension APIError {
    // MARK: Names

    /// AWS gives it no text.
    static let parameterNotFound = APIError(.parameterNotFound, nil)

    /// The two spaces are AWS's.
    static let malformedSelector = APIError(
        .validation,
        "Invalid parameter name. Please use correct syntax for referencing a version/label "
            + " <name>:<version/label>"
    )

    static let secretARNAsParameter = APIError(
        .validation,
        "Secrets manager ARN reference should not be passed in the GetParameter(s) request, please"
            + " refer to https://docs.aws.amazon.com/systems-manager/latest/userguide/"
            + "integration-ps-secretsmanager.html"
    )

    // MARK: References to secrets

    static let secretNeedsDecryption = APIError(
        .validation,
        "WithDecryption flag must be True for retrieving a Secret Manager secret."
    )

    /// A selector that is not there is `null`.
    static func referencedSecretNotFound(_ name: ParameterName) -> APIError {
        let path = name.path.hasPrefix("/") ? String(name.path.dropFirst()) : name.path
        let selector = name.selector.map { ":\($0)" } ?? "null"
        return APIError(
            .parameterNotFound,
            "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret"
                + " \(path)\(selector) not found."
        )
    }

    static let referencedSecretNotReady = APIError(
        .validation,
        "Invalid Request to Secrets Manager"
    )

    static let dependencyFailed = APIError(
        .validation,
        "An error occurred while calling one AWS dependency service."
    )

    /// What GetParameter says when Secrets Manager refuses: as little as AWS does.
    static func referenceFailed(_ error: APIError, _ name: ParameterName) -> APIError {
        switch error.code {
        case .internalServiceError: error
        case .resourceNotFound: .referencedSecretNotFound(name)
        case .invalidRequest: .referencedSecretNotReady
        default: .dependencyFailed
        }
    }

    /// Whether it is about one parameter only: GetParameters names that one and gives the others.
    var leavesOtherParameters: Bool {
        code == .parameterNotFound || self == .malformedSelector || self == .secretNeedsDecryption
    }
}
