internal import AccessControl
internal import Notation

/// The codes of KMS.
extension APIError.Code {
    package static let alreadyExists = Self("AlreadyExistsException")
    package static let disabled = Self("DisabledException")
    package static let dryRun = Self("DryRunOperationException")
    package static let incorrectKey = Self("IncorrectKeyException")
    package static let invalidAliasName = Self("InvalidAliasNameException")
    package static let invalidARN = Self("InvalidArnException")
    package static let invalidCiphertext = Self("InvalidCiphertextException")
    package static let invalidGrantID = Self("InvalidGrantIdException")
    package static let invalidGrantToken = Self("InvalidGrantTokenException")
    package static let invalidKeyUsage = Self("InvalidKeyUsageException")
    package static let invalidMarker = Self("InvalidMarkerException")
    package static let kmsInvalidState = Self("KMSInvalidStateException")
    package static let notAuthorized = Self("NotAuthorizedException")
    package static let notFound = Self("NotFoundException")
    package static let tag = Self("TagException")
    package static let unsupportedOperation = Self("UnsupportedOperationException")
}

/// Every sentence of KMS.
///
/// The texts marked [guess] have no public record; docs/compatibility.md lists them.
extension APIError {
    // MARK: Finding a key

    static func keyNotFound(_ arn: KeyARN) -> APIError {
        APIError(.notFound, "Key '\(arn.text)' does not exist")
    }

    static func invalidKeyID(_ keyID: String) -> APIError {
        APIError(.notFound, "Invalid keyId '\(keyID)'")
    }

    static func keyOfOtherRegion(_ region: String) -> APIError {
        APIError(.notFound, "Invalid arn \(region)")
    }

    // [guess]
    static func invalidKeyARN(_ arn: String) -> APIError {
        APIError(.invalidARN, "Invalid arn \(arn)")
    }

    static let aliasesNotSupported = APIError(
        .invalidARN,
        "Key Aliases are not supported for this operation."
    )

    // MARK: States of a key

    static func keyIsPendingDeletion(_ arn: KeyARN) -> APIError {
        APIError(.kmsInvalidState, "\(arn.text) is pending deletion.")
    }

    static func keyIsNotPendingDeletion(_ arn: KeyARN) -> APIError {
        APIError(.kmsInvalidState, "\(arn.text) is not pending deletion.")
    }

    static func keyIsDisabled(_ arn: KeyARN) -> APIError {
        APIError(.disabled, "\(arn.text) is disabled.")
    }

    /// The policy of an AWS managed key lets its account look at it and no more. [guess]
    static func keyIsManagedByAWS(
        _ arn: KeyARN,
        _ action: KMSAction,
        _ caller: Caller
    ) -> APIError {
        let permission = "kms:\(action.rawValue)"
        return APIError(
            .accessDenied,
            "User: \(caller.principal.arn) is not authorized to perform: \(permission) on resource:"
                + " \(arn.text) because no resource-based policy allows the \(permission) action"
        )
    }

    // MARK: Making keys

    static let keyUsageMissing = APIError(
        .validation,
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys."
    )

    static func keyUsageUnfit(_ usage: String, _ spec: String) -> APIError {
        APIError(.validation, "KeyUsage \(usage) is not compatible with KeySpec \(spec)")
    }

    // [guess]
    static func unsupportedKey(_ member: String, _ value: String) -> APIError {
        APIError(
            .unsupportedOperation,
            "\(member) \(value) is not supported: keys here are SYMMETRIC_DEFAULT, for"
                + " ENCRYPT_DECRYPT, with material from AWS_KMS."
        )
    }

    // [guess]
    static let keySpecTwice = APIError(
        .validation,
        "You cannot specify KeySpec and CustomerMasterKeySpec in the same request."
            + " CustomerMasterKeySpec is deprecated."
    )

    // The sentence is one that other emulators use and nobody checked.
    static func pendingWindowOutOfRange(_ days: Int64) -> APIError {
        APIError(
            .validation,
            "PendingWindowInDays should be between 7 and 30, but it is \(days)"
        )
    }

    // MARK: Aliases

    static func aliasNotFound(_ name: String, _ scope: Scope) -> APIError {
        APIError(.notFound, "Alias \(KeyARN.text(in: scope, resource: name)) is not found.")
    }

    static func aliasExists(_ alias: KeyAlias) -> APIError {
        APIError(.alreadyExists, "An alias with the name \(alias.arn) already exists")
    }

    static let aliasWithoutPrefix = APIError(
        .validation,
        "Alias must start with the prefix \"alias/\". Please see"
            + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
    )

    // [guess]
    static let invalidAliasName = APIError(.invalidAliasName, "The alias name is not valid.")

    static func aliasWithColon(_ name: String) -> APIError {
        APIError(.validation, "\(name) contains invalid characters for an alias")
    }

    /// AWS gives it no text.
    static let reservedAlias = APIError(.notAuthorized, "")

    static let aliasOfAlias = APIError(.validation, "Aliases must refer to keys. Not aliases")

    // [guess]
    static let tooManyAliases = APIError(
        .limitExceeded,
        "The key has \(KeyAlias.maximumPerKey) aliases already."
    )

    // MARK: Policies

    /// The first two are AWS's, the last is a [guess].
    static func malformedKeyPolicy(
        _ category: PolicyError.Category,
        cause: String? = nil
    ) -> APIError {
        let sentence =
            switch category {
            case .unsupportedPrincipal, .invalidServicePrincipal:
                "Policy contains a statement with one or more invalid principals."
            case .syntax: "Policy contains a syntax error."
            }
        return APIError(.malformedPolicyDocument, sentence, cause: cause)
    }

    static let keyPolicyLocksCallerOut = APIError(
        .malformedPolicyDocument,
        "The new key policy will not allow you to update the key policy in the future."
    )

    // [guess]
    static let keyPolicyTooLong = APIError(
        .limitExceeded,
        "A key policy can have at most \(KeyPolicy.maximumLength) bytes."
    )

    // [guess]
    static let noSuchKeyPolicy = APIError(.notFound, "No such policy exists")

    // [guess]
    static let keyPolicyNameNotDefault = APIError(
        .validation,
        "The only name that a key policy can have is default."
    )

    // MARK: Tags

    static let reservedKeyTag = APIError(.tag, "Tags beginning with aws: are reserved")
    static let duplicateKeyTag = APIError(.tag, "Duplicate tag keys")
    static let tooManyKeyTags = APIError(.tag, "Too many tags")

    // MARK: Lists

    /// AWS gives it no text.
    static let invalidMarker = APIError(.invalidMarker, nil)
}
