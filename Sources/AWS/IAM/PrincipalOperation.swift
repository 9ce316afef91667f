internal import Notation

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
package protocol PrincipalOperation: Operation where API == IAMAction, Subject == IAMPrincipal {
    associatedtype Holder: PrincipalHolder

    /// As sent; required.
    var name: String? { get }

    /// Whether it is about policies, which may be made to depend on the boundary that somebody has.
    static var isAboutPolicies: Bool { get }
}

extension PrincipalOperation {
    package static var isAboutPolicies: Bool { false }
    package var subjectID: String? { name }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> IAMPrincipal? {
        guard let name else { return nil }
        return try vault.principal(Holder.kind, named: name, in: caller.scope.account)
    }

    package func resource(
        _ principal: IAMPrincipal?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        var resource = ProtectedResource(principal, Holder.kind, name ?? "", caller)
        if Self.isAboutPolicies, let principal {
            resource.conditions = PrincipalConditions(
                principal: .known(principal),
                tellsBoundary: true
            )
        }
        return resource
    }

    package func admit(_ principal: IAMPrincipal?, for caller: Caller) throws(APIError) {
        guard principal != nil else { throw .noSuchPrincipal(Holder.kind, name ?? "") }
    }

    package func violations() -> [Violation] { nameConstraints.violations }

    /// What the name must be.
    var nameConstraints: Constraints {
        var constraints = Constraints()
        constraints.principalName(name, Holder.kind)
        return constraints
    }
}

extension Call where Subject == IAMPrincipal {
    /// The user or role that the request names.
    var principal: IAMPrincipal {
        get throws(APIError) {
            // The road has admitted it.
            guard let located else { throw .noSuchPrincipal(.user, "") }
            return located
        }
    }
}

extension IAMPrincipal: CallSubject {}
