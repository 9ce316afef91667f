internal import Notation

/// An operation that gives out credentials of the role that its RoleArn names.
package protocol RoleSessionOperation: WriteOperation
where API == STSAction, Subject == IAMPrincipal {
    /// What the request says about the session.
    var session: RequestedSession { get }
}

extension RoleSessionOperation {
    /// Sessions are nothing that anybody keeps.
    package static var isReadOnly: Bool { true }

    /// What is wrong with the session is told first.
    package static var asksForPermission: Bool { true }

    package var subjectID: String? { session.roleARN }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMPrincipal? {
        try vault.principal(.role, arn: session.roleARN ?? "")
    }

    /// The role, whose trust policy decides.
    package func resource(
        _ role: IAMPrincipal?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        ProtectedResource(roleARN: session.roleARN ?? "", role, caller)
    }

    package func checkBeforeLookup() throws(APIError) { try session.checkRoleARN() }
}

extension Permission {
    /// The permission to assume a role, and those that tags and a source identity of the session take.
    func assuming(withTags hasTags: Bool, sourceIdentity: String?) -> [Permission] {
        var permissions = [self]
        if hasTags { permissions.append(asking(for: "sts:TagSession")) }
        if sourceIdentity != nil { permissions.append(asking(for: "sts:SetSourceIdentity")) }
        return permissions
    }
}
