package import Notation

/// The public half of a long-term credential.
///
/// [AccessKeyMetadata](https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html)
package struct AccessKey: Sendable, Equatable {
    /// As in `AKIA…`.
    package let id: String
    package let account: String
    /// The user's `IAMPrincipal.id`; nil for a key of the account's root.
    package let principalID: Int64?
    package var isActive: Bool
    package let createdAt: Timestamp

    package init(
        id: String,
        account: String,
        principalID: Int64?,
        isActive: Bool = true,
        createdAt: Timestamp
    ) {
        self.id = id
        self.account = account
        self.principalID = principalID
        self.isActive = isActive
        self.createdAt = createdAt
    }
}

/// An access key with all that must be known of its owner to let a request in.
package struct Credential: Sendable {
    package let key: AccessKey
    /// The user; nil for the account's root.
    package let owner: TaggedPrincipal?
    /// Never in a log, an answer other than CreateAccessKey's, or an audit record.
    package let secretAccessKey: String

    package init(key: AccessKey, owner: TaggedPrincipal?, secretAccessKey: String) {
        self.key = key
        self.owner = owner
        self.secretAccessKey = secretAccessKey
    }
}
