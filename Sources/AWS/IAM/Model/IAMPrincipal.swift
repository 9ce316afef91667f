package import Notation

/// A user or a role of an account.
///
/// [User](https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html) and
/// [Role](https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html)
package struct IAMPrincipal: Sendable, Identifiable, Equatable {
    /// What can hold policies.
    package enum Kind: String, Sendable, CaseIterable {
        case user
        case role
    }

    /// The vault's own number for it; never on the wire, and never another one's later.
    package let id: Int64
    /// The partition of the region that it was made at.
    package let partition: String
    package let account: String
    package let kind: Kind
    package var name: String { didSet { arn = ownARN } }
    /// Begins and ends with a slash.
    package var path: String { didSet { arn = ownARN } }
    /// As in `arn:aws:iam::000000000000:role/path/name`; kept, because every call asks for it.
    package private(set) var arn = ""
    /// As in `AIDA…` or `AROA…`.
    package let uniqueID: String
    package let createdAt: Timestamp
    package var description: String?
    /// Who may assume the role, as it was put; nil for a user.
    package var trustPolicy: String?
    /// How long a session of the role may last at most.
    package var maxSessionSeconds: Int64
    /// The ARN of the managed policy that is its permissions boundary.
    package var boundaryARN: String?

    package init(
        id: Int64 = 0,
        partition: String = Partition.standard,
        account: String,
        kind: Kind,
        name: String,
        path: String = "/",
        uniqueID: String,
        createdAt: Timestamp,
        description: String? = nil,
        trustPolicy: String? = nil,
        maxSessionSeconds: Int64 = 3_600,
        boundaryARN: String? = nil
    ) {
        self.id = id
        self.partition = partition
        self.account = account
        self.kind = kind
        self.name = name
        self.path = path
        self.uniqueID = uniqueID
        self.createdAt = createdAt
        self.description = description
        self.trustPolicy = trustPolicy
        self.maxSessionSeconds = maxSessionSeconds
        self.boundaryARN = boundaryARN
        arn = ownARN
    }

    private var ownARN: String {
        let resource = "\(kind.rawValue)\(path)\(name)"
        return ARN(global: IAM.signingName, partition: partition, account: account, resource).text
    }
}

/// A user or role and its tags.
package final class TaggedPrincipal: Sendable {
    package let principal: IAMPrincipal
    package let tags: [Tag]

    package init(principal: IAMPrincipal, tags: [Tag]) {
        self.principal = principal
        self.tags = tags
    }
}

/// A policy inside a user or role.
package struct InlinePolicy: Sendable, Equatable {
    package let name: String
    package let document: String

    package init(name: String, document: String) {
        self.name = name
        self.document = document
    }
}

extension [InlinePolicy] {
    /// The one of a name, in whatever case: no two differ by case alone.
    func named(_ name: String) -> InlinePolicy? {
        first { $0.name.lowercased() == name.lowercased() }
    }
}
