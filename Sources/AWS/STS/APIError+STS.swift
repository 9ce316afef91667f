internal import Notation

/// The codes of STS.
extension APIError.Code {
    package static let expiredIdentityToken = Self("ExpiredTokenException")
    package static let invalidAuthorizationMessage = Self("InvalidAuthorizationMessageException")
    package static let invalidIdentityToken = Self("InvalidIdentityToken")
    package static let invalidParameterValue = Self("InvalidParameterValue")
}

/// The errors of STS.
extension APIError {
    /// A role that is not there looks like one that may not be assumed.
    static func roleNotAssumable(_ principalARN: String, _ roleARN: String) -> APIError {
        APIError(
            .accessDenied,
            "User: \(principalARN) is not authorized to perform: sts:AssumeRole"
                + " on resource: \(roleARN)"
        )
    }

    /// What needs credentials that last; of other operations than those two a [guess].
    static func calledBySession(_ action: STSAction) -> APIError {
        APIError(.accessDenied, "Cannot call \(action.rawValue) with session credentials")
    }

    static let chainedSessionTooLong = APIError(
        .validationError,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining."
    )

    /// A RoleArn that is no ARN.
    static func invalidRoleARN(_ sent: String) -> APIError {
        APIError(.validationError, "\(sent) is invalid")
    }

    static let transitiveKeyWithoutTag = APIError(
        .invalidParameterValue,
        "The specified transitive tag key must be included in the requested tags."
    )

    static let duplicateSessionTags = APIError(
        .invalidParameterValue,
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    )

    static let transitiveTagSetAnew = APIError(
        .invalidParameterValue,
        "One of the specified transitive tag keys can't be set because it conflicts with a"
            + " transitive tag key from the calling session."
    )

    static let sessionTooLong = APIError(
        .validationError,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    )

    // MARK: Tokens of identity providers

    /// What the trust policy refuses, and a role that is not there.
    static let webIdentityNotAuthorized = APIError(
        .accessDenied,
        "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    )

    static func noIdentityProvider(_ issuer: String) -> APIError {
        APIError(
            .invalidIdentityToken,
            "No OpenIDConnect provider found in your account for \(issuer)"
        )
    }

    static let incorrectTokenAudience = APIError(.invalidIdentityToken, "Incorrect token audience")

    static func identityTokenExpired(at end: Timestamp, now: Timestamp) -> APIError {
        APIError(
            .expiredIdentityToken,
            "Token expired: current date/time \(now.milliseconds / 1_000) must be before the"
                + " expiration date/time \(end.milliseconds / 1_000)"
        )
    }

    static let notAToken = APIError(
        .invalidIdentityToken,
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)"
    )

    // [guess]
    static func identityTokenLacks(_ claim: String) -> APIError {
        APIError(.invalidIdentityToken, "Missing a required claim: \(claim)")
    }

    // [guess]
    static let falseIdentityToken = APIError(
        .invalidIdentityToken,
        "The signature of the token could not be verified with a key of its identity provider"
    )

    // MARK: Keys and messages

    // [guess]
    static let invalidAuthorizationMessage = APIError(
        .invalidAuthorizationMessage,
        "The message could not be decoded: it was not encoded here."
    )

    // [guess]
    static func unreadableAccessKeyID(_ id: String) -> APIError {
        APIError(.validationError, "\(id) is not a valid access key id.")
    }
}
