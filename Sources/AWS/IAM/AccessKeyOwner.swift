internal import Notation

/// Whose access keys a request is about: the named user's, or else the caller's own.
package struct AccessKeyOwner: Sendable {
    /// The UserName as sent.
    let name: String?

    /// The most keys that one user, or the root, can have.
    package static let maximumKeys = 2

    init(from members: inout Members) throws(APIError) {
        name = try members.string("UserName")
    }

    var constraints: Constraints {
        var constraints = Constraints()
        if name != nil { constraints.principalName(name, .user) }
        return constraints
    }

    /// The user as policies see it; without a name the caller, whoever that is.
    func resource(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let name else { return ProtectedResource(holderOf: caller) }
        let user = try vault.principal(.user, named: name, in: caller.scope.account)
        return ProtectedResource(user, .user, name, caller)
    }

    /// The user; nil for the root of the account.
    func user(_ caller: Caller, _ vault: any VaultReading) throws(APIError) -> IAMPrincipal? {
        guard let name else {
            switch caller.principal.kind {
            case .root: return nil
            case .user: return try vault.principal(of: caller.principal)
            case .roleSession, .federatedUser, .service, .webIdentity: throw .userNameNeeded
            }
        }
        guard let user = try vault.principal(.user, named: name, in: caller.scope.account)
        else { throw .noSuchPrincipal(.user, name) }
        return user
    }

    /// One of the owner's keys.
    func key(
        _ id: String,
        _ caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> AccessKey {
        let user = try user(caller, vault)
        let keys = try vault.accessKeys(ofPrincipal: user?.id, in: caller.scope.account)
        guard let key = keys.first(where: { $0.id == id }) else { throw .noSuchAccessKey(id) }
        return key
    }
}

/// An operation on the access keys of a user, or of whoever calls.
package protocol AccessKeyOperation: Operation where API == IAMAction, Subject == NoSubject {
    /// Whose keys.
    var owner: AccessKeyOwner { get }
}

extension AccessKeyOperation {
    package var subjectID: String? { owner.name }

    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        try owner.resource(for: caller, vault)
    }
}

extension VaultReading {
    /// The user or role that somebody calls as.
    func principal(of caller: CallerPrincipal) throws(APIError) -> IAMPrincipal {
        guard let id = caller.holderID, let principal = try principal(id: id) else {
            throw .noSuchPrincipal(.user, caller.userName ?? "")
        }
        return principal
    }
}
