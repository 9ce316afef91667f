internal import AccessControl
internal import Notation

/// The codes of Secrets Manager.
extension APIError.Code {
    package static let decryptionFailure = Self("DecryptionFailure")
    package static let encryptionFailure = Self("EncryptionFailure")
    package static let invalidParameter = Self("InvalidParameterException")
    package static let invalidRequest = Self("InvalidRequestException")
    package static let preconditionNotMet = Self("PreconditionNotMetException")
    package static let publicPolicy = Self("PublicPolicyException")
    package static let resourceExists = Self("ResourceExistsException")
    package static let resourceNotFound = Self("ResourceNotFoundException")
}

/// Every sentence of Secrets Manager, but for those about replicas in `APIError+Replication.swift`.
///
/// The texts marked [guess] have no public record; docs/compatibility.md lists them.
extension APIError {
    /// A policy that its author could not take back. [guess: the type of the error]
    static let policyLocksCallerOut = APIError(.invalidParameter, lockOutSentence)

    /// Tags by which their author would lose the permission to change them.
    static let tagsLockCallerOut = APIError(.accessDenied, lockOutSentence)

    static let lockOutSentence =
        "This resource policy will not allow you to manage this secret in the future."

    // MARK: Finding a secret

    static let secretNotFound = APIError(
        .resourceNotFound,
        "Secrets Manager can't find the specified secret."
    )

    static func valueNotFound(stagingLabel: String) -> APIError {
        APIError(
            .resourceNotFound,
            "Secrets Manager can't find the specified secret value for staging label: "
                + stagingLabel
        )
    }

    static func valueNotFound(versionID: String) -> APIError {
        APIError(
            .resourceNotFound,
            "Secrets Manager can't find the specified secret value for VersionId: \(versionID)"
        )
    }

    static let versionAndLabelDisagree = APIError(
        .invalidRequest,
        "You provided a VersionStage that is not associated to the provided VersionId."
    )

    static let invalidName = APIError(
        .validation,
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
            + " following: -/_+=.@!"
    )

    // An ARN, but not of a secret. [guess]
    static let invalidARN = APIError(.invalidParameter, "The ARN isn't the ARN of a secret.")

    // MARK: States of a secret

    static let scheduledForDeletion = APIError(
        .invalidRequest,
        "You can't perform this operation on the secret because it was marked for deletion."
    )

    static func managedByService(_ service: String) -> APIError {
        APIError(.invalidRequest, "Operation is not allowed on secret owned by \(service)")
    }

    static let defaultKeyAcrossAccounts = APIError(
        .invalidRequest,
        "You can't access a secret from a different AWS account if you encrypt the secret with"
            + " the default KMS service key."
    )

    // MARK: Creating

    static func secretExists(_ name: String) -> APIError {
        APIError(
            .resourceExists,
            "The operation failed because the secret \(name) already exists."
        )
    }

    static let nameIsScheduledForDeletion = APIError(
        .invalidRequest,
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion."
    )

    // MARK: Values and tokens

    static let tokenMissing = APIError(
        .invalidRequest,
        "You must provide a ClientRequestToken value. We recommend a UUID-type value."
    )

    static func tokenInUse(_ token: String, secretARN: String) -> APIError {
        APIError(
            .resourceExists,
            "You can't use ClientRequestToken \(token) because that value is already in use for a"
                + " version of secret \(secretARN)."
        )
    }

    static let bothValues = APIError(
        .invalidParameter,
        "You can't specify both a binary secret value and a string secret value in the same"
            + " secret."
    )

    static let noValue = APIError(
        .invalidRequest,
        "You must provide either SecretString or SecretBinary."
    )

    // [guess]
    static let tooManyVersions = APIError(
        .limitExceeded,
        "You have exceeded the maximum number of versions for this secret."
    )

    // [guess]
    static let tooManyStagingLabels = APIError(
        .limitExceeded,
        "You have exceeded the maximum number of staging labels for this secret."
    )

    /// The stored value does not open: the keys are not those it was sealed under, or the file
    /// was damaged. [guess]
    package static func decryptionFailure(cause: String) -> APIError {
        APIError(
            .decryptionFailure,
            "Secrets Manager can't decrypt the protected secret text using the provided KMS key.",
            cause: cause
        )
    }

    // [guess]
    package static func encryptionFailure(cause: String) -> APIError {
        APIError(
            .encryptionFailure,
            "Secrets Manager can't encrypt the protected secret text using the provided KMS key.",
            cause: cause
        )
    }

    // MARK: Staging labels

    static func labelIsElsewhere(_ label: String, versionID: String) -> APIError {
        APIError(
            .invalidParameter,
            "The parameter RemoveFromVersionId can't be empty. Staging label \(label) is currently"
                + " attached to version \(versionID), so you must explicitly reference that version"
                + " in RemoveFromVersionId."
        )
    }

    // [guess]
    static func labelIsNot(_ label: String, on versionID: String) -> APIError {
        APIError(
            .invalidParameter,
            "The parameter RemoveFromVersionId is not valid. Staging label \(label) is not"
                + " currently attached to version \(versionID)."
        )
    }

    static let currentCannotBeRemoved = APIError(
        .invalidParameter,
        "You can only move staging label AWSCURRENT to a different secret version. It can’t be"
            + " completely removed."
    )

    // [guess]
    static let noVersionToMove = APIError(
        .invalidParameter,
        "You must provide RemoveFromVersionId, MoveToVersionId or both."
    )

    // MARK: Resource policies

    static func malformedPolicy(
        _ category: PolicyError.Category,
        cause: String? = nil
    ) -> APIError {
        let fault =
            switch category {
            case .syntax: "a syntax error"
            case .unsupportedPrincipal: "an unsupported principal"
            case .invalidServicePrincipal: "an invalid service principal"
            }
        return APIError(
            .malformedPolicyDocument,
            "This resource policy contains \(fault).",
            cause: cause
        )
    }

    static let publicPolicy = APIError(
        .publicPolicy,
        "You can not attach a resource policy that grants Public access to your secret."
    )

    // [guess]
    static let policyNameNotDefault = APIError(
        .invalidParameter,
        "The only resource policy that can be put or deleted is named default."
    )

    // [guess]
    static let resourcePolicyNotFound = APIError(
        .resourceNotFound,
        "Secrets Manager can't find the specified resource policy."
    )

    // MARK: Rotation

    // [guess]
    static let rotationTokenOfAnother = APIError(
        .invalidRequest,
        "The RotationToken is not that of the rotation that is in progress."
    )

    static let rotationTokenMissing = APIError(.invalidParameter, tokenMissing.message)

    static let noRotationFunction = APIError(
        .invalidRequest,
        "No Lambda rotation function ARN is associated with this secret."
    )

    static let cannotInvokeFunction = APIError(
        .accessDenied,
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
            + " policy grants access to the principal secretsmanager.amazonaws.com.",
        cause: "nothing says where this function is; --rotation-function ARN=TARGET does"
    )

    static let previousRotationIncomplete = APIError(
        .invalidRequest,
        "A previous rotation isn't complete. That rotation will be reattempted."
    )

    static let functionOfManagedSecret = APIError(
        .invalidRequest,
        "Rotation Lambda ARN is not supported for a service-managed secret."
    )

    // The beginning is AWS's, the rest a [guess].
    static func cannotAssumeRole(_ role: String) -> APIError {
        APIError(.invalidRequest, "Secrets Manager is unable to assume role \(role).")
    }

    // [guess]
    static let functionOfExternalSecret = APIError(
        .invalidRequest,
        "Rotation Lambda ARN is not supported for a managed external secret."
    )

    // [guess]
    static let noExternalRotationRole = APIError(
        .invalidRequest,
        "No ExternalSecretRotationRoleArn is associated with this secret."
    )

    // [guess]
    static let notAnExternalSecret = APIError(
        .invalidParameter,
        "ExternalSecretRotationRoleArn and ExternalSecretRotationMetadata are for managed"
            + " external secrets only."
    )

    // [guess]
    static let unknownSecretType = APIError(
        .invalidParameter,
        "The Type is not one of a managed external secret."
    )

    /// Rules of a request or of a seed document that make no schedule.
    package static func invalidRotationRules(_ error: RotationRulesError) -> APIError {
        APIError(.invalidParameter, error.sentence)
    }

    /// What a rotation without a function of its own cannot do; for the log, no client sees it.
    package static func builtInRotationFailed(_ reason: String) -> APIError {
        APIError(.invalidRequest, reason)
    }

    // MARK: Deleting

    static let recoveryWindowOutOfRange = APIError(
        .invalidParameter,
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."
    )

    static let forceWithRecoveryWindow = APIError(
        .invalidParameter,
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."
    )

    // MARK: Tags

    // [guess]
    static let tooManyTags = APIError(
        .invalidParameter,
        "The number of tags can't exceed \(Tag.maximumCount)."
    )

    // [guess]
    static let reservedTagKey = APIError(
        .invalidParameter,
        "Tag keys that begin with aws: are reserved for AWS use."
    )

    // [guess]
    static let duplicateTagKey = APIError(
        .invalidParameter,
        "The request holds the same tag key more than once."
    )

    // MARK: Lists

    // [guess]
    static let idsOrFilters = APIError(
        .invalidParameter,
        "Either 'SecretIdList' or 'Filters' must be provided, but not both."
    )

    // [guess]
    static let maxResultsNeedsFilters = APIError(
        .invalidParameter,
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided."
    )

    // [guess]
    static let nextTokenNeedsFilters = APIError(
        .invalidParameter,
        "'Filters' not specified. 'Filters' must also be specified when 'NextToken' is provided."
    )

    // [guess]
    static func filterWithoutValues(_ key: String) -> APIError {
        APIError(.invalidParameter, "Invalid filter values for key: \(key)")
    }

    // MARK: Passwords

    static let passwordTooShort = APIError(
        .invalidParameter,
        "Password length is too short based on the required types."
    )

    static let requiredTypeExcluded = APIError(
        .invalidParameter,
        "All characters of the desired type have been excluded."
    )

    static let everythingExcluded = APIError(
        .invalidParameter,
        "All characters have been excluded from selection."
    )
}

extension RotationRulesError {
    /// All but the first are a [guess].
    fileprivate var sentence: String {
        switch self {
        case .daysAndExpression:
            "You cannot specify both rotation frequency and schedule expression together."
        case .daysOutOfBounds: "AutomaticallyAfterDays must be between 1 and 1000 days."
        case .malformedExpression: "Invalid schedule expression."
        case .rateOutOfBounds:
            "Invalid schedule expression. A rate must be between 4 hours and 999 days."
        case .tooFrequent:
            "Invalid schedule expression. You can't rotate a secret more often than every four"
                + " hours."
        case .neverComes: "Invalid schedule expression. It names a day that never comes."
        case .malformedDuration: "Invalid duration. It must be a number of hours, as in 3h."
        case .durationTooShort: "Invalid duration. It must be at least 1h."
        case .durationPassesMidnight:
            "Invalid duration. The rotation window must not extend into the next UTC day."
        case .durationReachesNextWindow:
            "Invalid duration. The rotation window must not extend into the next rotation window."
        }
    }
}
