import AWS

/// An error as a client sees it, written down from AWS's behaviour and not from the catalogue.
struct Refusal: Equatable, Sendable, CustomStringConvertible {
    let code: String
    let text: String?

    init(_ code: String, _ text: String?) {
        self.code = code
        self.text = text
    }

    init(_ error: APIError) {
        self.init(error.code.rawValue, error.message)
    }

    var description: String { "\(code): \(text ?? "")" }
}

extension Refusal {
    static let unknownSecret = Refusal(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret."
    )
    static let badName = Refusal(
        "ValidationException",
        "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
            + " following: -/_+=.@!"
    )
    static let scheduled = Refusal(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion."
    )
    static let scheduledName = Refusal(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion."
    )
    static let ownedByRDS = Refusal(
        "InvalidRequestException",
        "Operation is not allowed on secret owned by rds"
    )
    static let noToken = Refusal(
        "InvalidRequestException",
        "You must provide a ClientRequestToken value. We recommend a UUID-type value."
    )
    static let bothValues = Refusal(
        "InvalidParameterException",
        "You can't specify both a binary secret value and a string secret value in the same"
            + " secret."
    )
    static let defaultKeyAcrossAccounts = Refusal(
        "InvalidRequestException",
        "You can't access a secret from a different AWS account if you encrypt the secret with"
            + " the default KMS service key."
    )
    static let versionAndLabelDisagree = Refusal(
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId."
    )
    static let onReplica = invalid(
        "Operation not permitted on a replica secret. Call must be made in primary secret's region."
    )
    static let onPrimary = invalid(
        "Operation not permitted on a primary secret. Call must be made in replica secret's region."
    )
    static let badReplicaRegion = invalid("Invalid replica region.")
    static let badNextToken = Refusal("InvalidNextTokenException", "Invalid NextToken.")
    static let tooManyTags = invalid("The number of tags can't exceed 50.")
    static let reservedTagKey = invalid("Tag keys that begin with aws: are reserved for AWS use.")
    static let duplicateTagKey = invalid("The request holds the same tag key more than once.")
    static let tooManyVersions = Refusal(
        "LimitExceededException",
        "You have exceeded the maximum number of versions for this secret."
    )
    static let tooManyLabels = Refusal(
        "LimitExceededException",
        "You have exceeded the maximum number of staging labels for this secret."
    )

    static func nothingUnder(label: String) -> Refusal {
        Refusal(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for staging label: \(label)"
        )
    }

    static func nothingUnder(versionID: String) -> Refusal {
        Refusal(
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret value for VersionId: \(versionID)"
        )
    }

    static func tokenInUse(_ token: String, by arn: String) -> Refusal {
        Refusal(
            "ResourceExistsException",
            "You can't use ClientRequestToken \(token) because that value is already in use for a"
                + " version of secret \(arn)."
        )
    }

    static func nameTaken(_ name: String) -> Refusal {
        Refusal(
            "ResourceExistsException",
            "The operation failed because the secret \(name) already exists."
        )
    }

    static func invalid(_ text: String) -> Refusal { Refusal("InvalidParameterException", text) }

    static func wrongType(_ text: String) -> Refusal { Refusal("SerializationException", text) }

    /// What breaks the model's constraints, one sentence each, without the common beginning.
    static func constraints(_ violations: String...) -> Refusal {
        let noun = violations.count == 1 ? "error" : "errors"
        let list = violations.joined(separator: "; ")
        return Refusal(
            "ValidationException",
            "\(violations.count) validation \(noun) detected: \(list)"
        )
    }

    /// The one violation: a value at a member, and what the member must be.
    static func constraint(_ value: String, _ member: String, _ rule: String) -> Refusal {
        constraints(
            "Value \(value) at '\(member)' failed to satisfy constraint: Member must \(rule)"
        )
    }

    /// Required members that are not there.
    static func missing(_ members: String...) -> Refusal {
        let noun = members.count == 1 ? "error" : "errors"
        let list = members.map {
            "Value null at '\($0)' failed to satisfy constraint: Member must not be null"
        }
        return Refusal(
            "ValidationException",
            "\(members.count) validation \(noun) detected: \(list.joined(separator: "; "))"
        )
    }
}
