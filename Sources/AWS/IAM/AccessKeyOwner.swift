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

    func permission(for action: IAMAction) -> Permission {
        Permission(action, on: name.map { .principal(.user, $0) } ?? .caller)
    }

    /// The user; nil for the root of the account.
    func user(_ call: Call, _ vault: any VaultReading) throws(APIError) -> IAMPrincipal? {
        guard let name else {
            switch call.caller.identity {
            case .root: return nil
            case .user(let user, _): return user
            case .roleSession: throw .userNameNeeded
            }
        }
        guard let user = try vault.principal(.user, named: name, in: call.caller.scope.account)
        else { throw .noSuchPrincipal(.user, name) }
        return user
    }

    /// One of the owner's keys.
    func key(
        _ id: String,
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> AccessKey {
        let user = try user(call, vault)
        let keys = try vault.accessKeys(ofPrincipal: user?.id, in: call.caller.scope.account)
        guard let key = keys.first(where: { $0.id == id }) else { throw .noSuchAccessKey(id) }
        return key
    }
}
