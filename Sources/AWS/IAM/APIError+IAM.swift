internal import AccessControl
internal import Notation

/// The codes of IAM.
extension APIError.Code {
    package static let deleteConflict = Self("DeleteConflict", status: 409)
    package static let entityAlreadyExists = Self("EntityAlreadyExists", status: 409)
    package static let iamLimitExceeded = Self("LimitExceeded", status: 409)
    package static let invalidInput = Self("InvalidInput")
    package static let malformedPolicy = Self("MalformedPolicyDocument")
    package static let noSuchEntity = Self("NoSuchEntity", status: 404)
}

/// The errors of IAM.
///
/// [Common errors](https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html)
extension APIError {
    static func noSuchPrincipal(_ kind: IAMPrincipal.Kind, _ name: String) -> APIError {
        APIError(.noSuchEntity, "The \(kind.rawValue) with name \(name) cannot be found.")
    }

    static func principalExists(_ kind: IAMPrincipal.Kind, _ name: String) -> APIError {
        let word = kind == .user ? "User" : "Role"
        return APIError(.entityAlreadyExists, "\(word) with name \(name) already exists.")
    }

    static func noSuchInlinePolicy(_ kind: IAMPrincipal.Kind, _ name: String) -> APIError {
        APIError(.noSuchEntity, "The \(kind.rawValue) policy with name \(name) cannot be found.")
    }

    static func noSuchPolicy(_ arn: String) -> APIError {
        APIError(.noSuchEntity, "Policy \(arn) was not found.")
    }

    package static func policyNotAttachable(_ arn: String, cause: String? = nil) -> APIError {
        APIError(
            .noSuchEntity,
            "Policy \(arn) does not exist or is not attachable.",
            cause: cause
        )
    }

    static func policyOfOtherPartition(_ arn: String) -> APIError {
        APIError(.invalidInput, "ARN \(arn) is not valid.")
    }

    static func policyNotAttached(_ arn: String) -> APIError {
        APIError(.noSuchEntity, "Policy \(arn) was not found.")
    }

    static func policyExists(_ name: String) -> APIError {
        APIError(
            .entityAlreadyExists,
            "A policy called \(name) already exists. Duplicate names are not allowed."
        )
    }

    static func noSuchPolicyVersion(_ arn: String, _ id: String) -> APIError {
        APIError(
            .noSuchEntity,
            "Policy \(arn) version \(id) does not exist or is not attachable."
        )
    }

    static func noSuchAccessKey(_ id: String) -> APIError {
        APIError(.noSuchEntity, "The Access Key with id \(id) cannot be found.")
    }

    static func accountAliasExists(_ alias: String) -> APIError {
        APIError(.entityAlreadyExists, "The account alias \(alias) already exists.")
    }

    static func noSuchAccountAlias(_ alias: String) -> APIError {
        APIError(.noSuchEntity, "The account alias \(alias) cannot be found.")
    }

    static func noLoginProfile(_ name: String) -> APIError {
        APIError(.noSuchEntity, "Login Profile for User \(name) cannot be found.")
    }

    static func noBoundary(_ kind: IAMPrincipal.Kind, _ name: String) -> APIError {
        APIError(
            .noSuchEntity,
            "The \(kind.rawValue) with name \(name) does not have a permissions boundary."
        )
    }

    static let mustDetachPolicies = APIError(
        .deleteConflict,
        "Cannot delete entity, must detach all policies first."
    )

    static let mustDeletePolicies = APIError(
        .deleteConflict,
        "Cannot delete entity, must delete policies first."
    )

    static let mustDeleteAccessKeys = APIError(
        .deleteConflict,
        "Cannot delete entity, must delete access keys first."
    )

    static let policyIsAttached = APIError(
        .deleteConflict,
        "Cannot delete a policy attached to entities."
    )

    static let policyHasVersions = APIError(
        .deleteConflict,
        "This policy has more than one version. Before you delete a policy, you must delete the"
            + " policy's versions. The default version is deleted with the policy."
    )

    static let defaultVersionStays = APIError(
        .deleteConflict,
        "Cannot delete the default version of a policy."
    )

    static let tooManyPolicyVersions = APIError(
        .iamLimitExceeded,
        "A managed policy can have up to 5 versions. Before you create a new version, you must"
            + " delete an existing version."
    )

    static let tooManyAccessKeys = APIError(
        .iamLimitExceeded,
        "Cannot exceed quota for AccessKeysPerUser: 2"
    )

    static func tooManyAttachments(_ kind: IAMPrincipal.Kind) -> APIError {
        let word = kind == .user ? "User" : "Role"
        return APIError(.iamLimitExceeded, "Cannot exceed quota for PoliciesPer\(word): 10")
    }

    static func policyTooLong(_ quota: String, _ size: Int) -> APIError {
        APIError(.iamLimitExceeded, "Cannot exceed quota for \(quota): \(size)")
    }

    static func inlinePoliciesTooLong(_ principal: IAMPrincipal, _ size: Int) -> APIError {
        APIError(
            .iamLimitExceeded,
            "Maximum policy size of \(size) bytes exceeded for \(principal.kind.rawValue)"
                + " \(principal.name)"
        )
    }

    static let tooManyIAMTags = APIError(
        .iamLimitExceeded,
        "The number of tags has reached the maximum limit."
    )

    static let invalidIAMTags = APIError(
        .invalidInput,
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    )

    static let reservedIAMTags = APIError(
        .invalidInput,
        "User tag keys may not start with 'aws:'."
    )

    static let unreadableARN = APIError(
        .validationError,
        "Invalid ARN:  Could not be parsed!"
    )

    // [guess: the sentence]
    static let noTags = APIError(.invalidInput, "The list of tags must not be empty.")

    static let invalidIAMMarker = APIError(.validationError, "Invalid Marker.")

    static let awsPolicyStays = APIError(
        .accessDenied,
        "A policy of AWS cannot be changed."
    )

    // MARK: The simulator

    // [guess]
    static func simulatedActionWithoutVendor(_ action: String) -> APIError {
        APIError(.invalidInput, "\(action) is no action: it is prefaced by no vendor.")
    }

    // [guess]
    static func simulatedResourceNoARN(_ resource: String) -> APIError {
        APIError(.invalidInput, "\(resource) must be in ARN format or \"*\".")
    }

    // [guess]
    static func unreadableSimulatedPolicy(
        _ id: String,
        _ sentence: String?,
        cause: String?
    ) -> APIError {
        let told = sentence.map { " \($0)" } ?? ""
        return APIError(.invalidInput, "\(id) has syntax errors.\(told)", cause: cause)
    }

    // [guess]
    static func unclearEntity(_ arn: String) -> APIError {
        APIError(
            .invalidInput,
            "Invalid Entity Arn: \(arn) does not clearly define entity type and name."
        )
    }

    static func noSuchEntity(_ kind: String, _ name: String) -> APIError {
        APIError(.noSuchEntity, "The \(kind) with name \(name) cannot be found.")
    }

    static let userNameNeeded = APIError(
        .validationError,
        "Must specify userName when calling with non-User credentials"
    )

    /// A trust policy names no resource, and nothing but the ways to assume the role.
    static func malformedTrustPolicy(_ error: PolicyError) -> APIError {
        let sentence: String? =
            switch error.fault {
            case .elementNotAllowed: "Has prohibited field Resource."
            case .invalidAction: "AssumeRole policy may only specify STS AssumeRole actions."
            case .missingElement where error.detail.contains("Principal"):
                "Missing required field Principal"
            default: nil
            }
        guard let sentence else { return malformedIAMPolicy(error) }
        return APIError(.malformedPolicy, sentence, cause: error.detail)
    }

    static func malformedPolicy(_ sentence: String, cause: String? = nil) -> APIError {
        APIError(.malformedPolicy, sentence, cause: cause)
    }

    static func malformedIAMPolicy(_ error: PolicyError) -> APIError {
        let sentence =
            switch error.fault {
            case .notJSON: "This policy contains invalid Json"
            case .unknownOperator: "Unsupported operator in a condition."
            case .invalidResource:
                "Resource must be in ARN format or \"*\"."
            case .invalidAction:
                "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            case .unsupportedPrincipal, .invalidServicePrincipal, .unknownPrincipalType:
                "Invalid principal in policy."
            case .elementNotAllowed: "Policy document should not specify a principal."
            default: "Syntax errors in policy."
            }
        return APIError(.malformedPolicy, sentence, cause: error.detail)
    }

    static func noSuchPrincipalInPolicy(_ arn: String) -> APIError {
        APIError(.malformedPolicy, "Invalid principal in policy: \"AWS\":\"\(arn)\"")
    }
}
