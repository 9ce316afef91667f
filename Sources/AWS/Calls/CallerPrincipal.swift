internal import AccessControl
package import Notation

/// As whom somebody calls, as far as permissions and records depend on it.
///
/// IAM and STS make it; nothing here knows how they keep users, roles and sessions. An object, because
/// it goes with each call from station to station.
package final class CallerPrincipal: Sendable {
    /// What it is.
    package enum Kind: Sendable {
        /// The root of an account, who may do everything in it.
        case root
        /// A user, by a key of its own or by a session of GetSessionToken.
        case user
        /// A session of a role.
        case roleSession
        /// A session of GetFederationToken, which somebody made for a guest of a user's or the root's.
        case federatedUser
        /// A service of AWS, which assumes a role for somebody's task or function.
        case service
        /// Whoever has a token of an identity provider, and nothing else.
        case webIdentity
    }

    package let kind: Kind
    /// As in `arn:aws:iam::000000000000:root`, or `…:assumed-role/role/session`; of a service its
    /// name, as in `ecs-tasks.amazonaws.com`; of an identity provider its ARN or its name.
    package let arn: String
    /// The ARN of the user or role whose policies count, of the user or root that a federated user is
    /// a guest of; the root's own; of a service what it calls
    /// for.
    package let holderARN: String
    /// The vault's own number of that user or role; nil for a root, which has no policies.
    package let holderID: Int64?
    /// The unique id of that user or role, as in `AROA…`; nil for a root.
    package let holderUniqueID: String?
    /// A user's name.
    package let userName: String?
    /// A user's tags, or those of a role and over them those of its session.
    package let tags: [Tag]
    /// What a session has besides.
    package let session: SessionFacts?

    package init(
        _ kind: Kind,
        arn: String,
        holderARN: String,
        holderID: Int64? = nil,
        holderUniqueID: String? = nil,
        userName: String? = nil,
        tags: [Tag] = [],
        session: SessionFacts? = nil
    ) {
        self.kind = kind
        self.arn = arn
        self.holderARN = holderARN
        self.holderID = holderID
        self.holderUniqueID = holderUniqueID
        self.userName = userName
        self.tags = tags
        self.session = session
    }

    /// The root of an account, in the partition of the region that it calls in.
    package static func root(of scope: Scope) -> CallerPrincipal {
        let arn = scope.iamARN("root")
        return CallerPrincipal(.root, arn: arn, holderARN: arn)
    }

    /// A service of AWS, which no policy binds but those that name it.
    ///
    /// - Parameters:
    ///   - name: as in `ecs-tasks.amazonaws.com`.
    ///   - sourceARN: what it calls for, as a task.
    /// - Returns: the service as a caller.
    package static func service(_ name: String, for sourceARN: String) -> CallerPrincipal {
        CallerPrincipal(.service, arn: name, holderARN: sourceARN)
    }

    /// As in `AIDA…`, or `AROA…:session`; nil for the root of an account and for a service, which
    /// have none.
    package var uniqueID: String? { session?.uniqueID ?? holderUniqueID }
}

/// What a session has that the role or user whose it is has not.
///
/// [Session policies, session tags](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html)
package struct SessionFacts: Sendable, Equatable {
    /// As in `AROA…:session`, or `000000000000:guest`.
    package let uniqueID: String
    package let startedAt: Timestamp
    package let sourceIdentity: String?
    /// The identity provider whose token it was made for, by its ARN or its name.
    package let federatedProvider: String?
    /// The keys of the tags that a next session gets too.
    package let transitiveTagKeys: [String]
    /// Policies that limit the session.
    package let policies: [PolicyText]

    package init(
        uniqueID: String,
        startedAt: Timestamp,
        sourceIdentity: String? = nil,
        federatedProvider: String? = nil,
        transitiveTagKeys: [String] = [],
        policies: [PolicyText] = []
    ) {
        self.uniqueID = uniqueID
        self.startedAt = startedAt
        self.sourceIdentity = sourceIdentity
        self.federatedProvider = federatedProvider
        self.transitiveTagKeys = transitiveTagKeys
        self.policies = policies
    }
}

extension Caller {
    /// Every name that policies may have for the caller, the most particular first.
    var principals: [Principal] {
        var names: [Principal] = []
        names.reserveCapacity(4)
        switch principal.kind {
        case .root: break
        case .user: names.append(.user(principal.arn))
        case .roleSession:
            names.append(.roleSession(principal.arn))
            names.append(.role(principal.holderARN))
        case .federatedUser:
            names.append(.federatedUser(principal.arn))
            if principal.holderUniqueID != nil { names.append(.user(principal.holderARN)) }
        case .service: return [.service(principal.arn)]
        case .webIdentity: return [.federated(principal.arn)]
        }
        if let id = principal.holderUniqueID { names.append(.uniqueID(id)) }
        names.append(.account(scope.account))
        return names
    }
}
