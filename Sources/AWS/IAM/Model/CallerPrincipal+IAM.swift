package import Notation

/// Users and sessions of roles as callers.
extension CallerPrincipal {
    /// A user, by a key of its own or by a session of GetSessionToken.
    package static func user(_ user: IAMPrincipal, tags: [Tag]) -> CallerPrincipal {
        CallerPrincipal(
            .user,
            arn: user.arn,
            holderARN: user.arn,
            holderID: user.id,
            holderUniqueID: user.uniqueID,
            userName: user.name,
            tags: tags
        )
    }

    /// Somebody who assumed a role, for a while.
    ///
    /// - Parameters:
    ///   - role: as it is now.
    ///   - name: the RoleSessionName.
    ///   - tags: the role's, and over them those of the session.
    ///   - transitiveTagKeys: the keys of the tags that a next session gets too.
    ///   - sourceIdentity: as AssumeRole settled it.
    ///   - federatedProvider: whose token it was assumed with.
    ///   - policies: those that limit the session.
    ///   - startedAt: when the role was assumed.
    /// - Returns: the session as a caller.
    package static func session(
        of role: IAMPrincipal,
        named name: String,
        tags: [Tag] = [],
        transitiveTagKeys: [String] = [],
        sourceIdentity: String? = nil,
        federatedProvider: String? = nil,
        policies: [PolicyText] = [],
        startedAt: Timestamp
    ) -> CallerPrincipal {
        CallerPrincipal(
            .roleSession,
            arn: role.sessionARN(named: name),
            holderARN: role.arn,
            holderID: role.id,
            holderUniqueID: role.uniqueID,
            tags: tags,
            session: SessionFacts(
                uniqueID: "\(role.uniqueID):\(name)",
                startedAt: startedAt,
                sourceIdentity: sourceIdentity,
                federatedProvider: federatedProvider,
                transitiveTagKeys: transitiveTagKeys,
                policies: policies
            )
        )
    }
}

extension CallerPrincipal {
    /// A guest of a user's, or of the root's of an account, for a while.
    ///
    /// - Parameters:
    ///   - name: as GetFederationToken was told.
    ///   - user: as it is now; nil for the root.
    ///   - scope: the account, and the region of the call.
    ///   - tags: the user's, and over them those of the session.
    ///   - policies: those that limit the session.
    ///   - startedAt: when the session was made.
    /// - Returns: the guest as a caller.
    package static func federatedUser(
        named name: String,
        of user: IAMPrincipal?,
        in scope: Scope,
        tags: [Tag] = [],
        policies: [PolicyText],
        startedAt: Timestamp
    ) -> CallerPrincipal {
        let arn = ARN(
            global: "sts",
            partition: user?.partition ?? scope.partition,
            account: scope.account,
            "federated-user/\(name)"
        )
        return CallerPrincipal(
            .federatedUser,
            arn: arn.text,
            holderARN: user?.arn ?? scope.iamARN("root"),
            holderID: user?.id,
            holderUniqueID: user?.uniqueID,
            tags: tags,
            session: SessionFacts(
                uniqueID: "\(scope.account):\(name)",
                startedAt: startedAt,
                policies: policies
            )
        )
    }
}

extension IAMPrincipal {
    /// As in `arn:aws:sts::000000000000:assumed-role/role/session`; the role's path is not in it.
    package func sessionARN(named session: String) -> String {
        ARN(
            global: "sts",
            partition: partition,
            account: account,
            "assumed-role/\(name)/\(session)"
        ).text
    }
}
