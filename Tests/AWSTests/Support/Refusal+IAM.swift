import JSON
import TestSupport

/// What IAM and STS say, written down from AWS's behaviour and not from the catalogue.
extension Refusal {
    /// The same as the query protocol names it.
    var inQuery: Refusal {
        code == "ValidationException" ? Refusal("ValidationError", text) : self
    }

    static func noPolicy(_ arn: String) -> Refusal {
        Refusal("NoSuchEntity", "Policy \(arn) was not found.")
    }

    static func notAttachable(_ arn: String) -> Refusal {
        Refusal("NoSuchEntity", "Policy \(arn) does not exist or is not attachable.")
    }

    static func noVersion(_ arn: String, _ id: String) -> Refusal {
        Refusal("NoSuchEntity", "Policy \(arn) version \(id) does not exist or is not attachable.")
    }

    static func noAccessKey(_ id: String) -> Refusal {
        Refusal("NoSuchEntity", "The Access Key with id \(id) cannot be found.")
    }

    static let invalidMarker = Refusal("ValidationError", "Invalid Marker.")
    static let policyOfAWS = Refusal("AccessDenied", "A policy of AWS cannot be changed.")
    static let userNameNeeded = Refusal(
        "ValidationError",
        "Must specify userName when calling with non-User credentials"
    )
    static let malformedInput = Refusal(
        "MalformedInput",
        "The request could not be read: a member is not of the type that it must have."
    )
    static let tooManyIAMTags = Refusal(
        "LimitExceeded",
        "The number of tags has reached the maximum limit."
    )
    static let duplicateIAMTags = Refusal(
        "InvalidInput",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    )
    static let reservedIAMTags = Refusal("InvalidInput", "User tag keys may not start with 'aws:'.")
}

/// Tags that IAM refuses wherever they are sent, and its words.
let refusedIAMTags = [
    Refused(["Tags": [["Value": "v"]]], .missing("tags.1.member.key").inQuery),
    Refused(["Tags": [["Key": "k"]]], .missing("tags.1.member.value").inQuery),
    Refused(
        ["Tags": [["Key": "", "Value": ""]]],
        Refusal.constraint("''", "tags.1.member.key", atLeast(1)).inQuery
    ),
    Refused(
        ["Tags": [["Key": "k", "Value": ""], ["Key": "\(long(129))", "Value": ""]]],
        Refusal.constraint("'\(long(129))'", "tags.2.member.key", atMost(128)).inQuery
    ),
    Refused(
        ["Tags": [["Key": "k", "Value": "\(long(257))"]]],
        Refusal.constraint("'\(long(257))'", "tags.1.member.value", atMost(256)).inQuery
    ),
    Refused(
        ["Tags": [["Key": "ok", "Value": ""], ["Key": "aws:k", "Value": ""]]],
        .reservedIAMTags
    ),
    Refused(
        ["Tags": [["Key": "k", "Value": "1"], ["Key": "K", "Value": "2"]]],
        .duplicateIAMTags
    ),
    Refused(
        ["Tags": .array((0..<51).map { ["Key": "k\($0)", "Value": ""] })],
        Refusal.hidden("tags", atMost(50)).inQuery
    ),
]
