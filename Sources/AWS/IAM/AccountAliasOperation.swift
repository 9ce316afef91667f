/// An operation on the name that an account has.
package protocol AccountAliasOperation: WriteOperation
where API == IAMAction, Subject == NoSubject {
    /// The name as sent; required.
    var alias: String? { get }
}

extension AccountAliasOperation {
    package var subjectID: String? { alias }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.accountAlias(alias)
        return constraints.violations
    }
}
