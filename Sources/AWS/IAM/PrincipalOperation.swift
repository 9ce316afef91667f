/// Users or roles: most operations are there for both, and differ in a word.
package protocol PrincipalHolder: Sendable {
    static var kind: IAMPrincipal.Kind { get }
    /// As in the names of operations and members.
    static var word: String { get }
}

/// The one side of a pair of operations.
package enum Users: PrincipalHolder {
    package static let kind = IAMPrincipal.Kind.user
    package static let word = "User"
}

/// The other side.
package enum Roles: PrincipalHolder {
    package static let kind = IAMPrincipal.Kind.role
    package static let word = "Role"
}

extension PrincipalHolder {
    /// The one of a pair of operations.
    static func action(user: IAMAction, role: IAMAction) -> IAMAction {
        kind == .user ? user : role
    }

    /// `UserName` or `RoleName`.
    static var nameMember: String { "\(word)Name" }
}

/// An operation on the user or role that it names.
package protocol PrincipalOperation: Operation where API == IAMAction {
    associatedtype Holder: PrincipalHolder

    /// As sent; required.
    var name: String? { get }
}

extension PrincipalOperation {
    package var subject: String? { name }

    package func permissions() -> [Permission] { [ownPermission] }

    /// The operation's own action on the user or role.
    var ownPermission: Permission {
        Permission(Self.action, on: .principal(Holder.kind, name ?? ""))
    }

    package func violations() -> [Violation] { nameConstraints.violations }

    /// What the name must be.
    var nameConstraints: Constraints {
        var constraints = Constraints()
        constraints.principalName(name, Holder.kind)
        return constraints
    }

    func principal(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMPrincipal {
        let account = call.caller.scope.account
        let name = name ?? ""
        guard let principal = try vault.principal(Holder.kind, named: name, in: account) else {
            throw .noSuchPrincipal(Holder.kind, name)
        }
        return principal
    }
}
