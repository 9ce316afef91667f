/// As whom somebody calls.
package enum Identity: Sendable, Equatable {
    /// The root of the account, who may do everything in it.
    case root
    /// A user, by a key of its own or by a session of GetSessionToken.
    case user(IAMPrincipal, tags: [Tag])
    /// A session of a role.
    case roleSession(RoleSession)

    /// As in `AIDA…`, or `AROA…:session`; nil for the root of an account, which has none.
    package var uniqueID: String? {
        switch self {
        case .root: nil
        case .user(let user, _): user.uniqueID
        case .roleSession(let session): session.uniqueID
        }
    }

    /// As in `arn:aws:sts::000000000000:assumed-role/role/session`.
    package func arn(in account: String) -> String {
        switch self {
        case .root: "arn:aws:iam::\(account):root"
        case .user(let user, _): user.arn
        case .roleSession(let session): session.arn
        }
    }
}

/// Somebody who assumed a role, for a while.
///
/// [Session policies, session tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html)
package struct RoleSession: Sendable, Equatable {
    /// The role as it was when the session began, or as it is.
    package let role: IAMPrincipal
    /// The RoleSessionName.
    package let name: String
    /// The role's tags, and over them those of the session.
    package let tags: [Tag]
    /// The keys of the tags that a next session gets too.
    package let transitiveTagKeys: [String]
    package let sourceIdentity: String?
    /// Policies that limit the session.
    package let policies: [PolicyText]
    package let startedAt: Timestamp
    /// As in `arn:aws:sts::000000000000:assumed-role/role/session`; the role's path is not in it.
    package let arn: String

    package init(
        role: IAMPrincipal,
        name: String,
        tags: [Tag] = [],
        transitiveTagKeys: [String] = [],
        sourceIdentity: String? = nil,
        policies: [PolicyText] = [],
        startedAt: Timestamp
    ) {
        self.role = role
        self.name = name
        self.tags = tags
        self.transitiveTagKeys = transitiveTagKeys
        self.sourceIdentity = sourceIdentity
        self.policies = policies
        self.startedAt = startedAt
        arn = "arn:aws:sts::\(role.account):assumed-role/\(role.name)/\(name)"
    }

    /// As in `AROA…:session`.
    package var uniqueID: String { "\(role.uniqueID):\(name)" }
}
