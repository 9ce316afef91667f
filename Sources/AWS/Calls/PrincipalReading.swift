package import AccessControl

/// The users and roles that policies name, for services that must not know how they are kept.
package protocol PrincipalReading {
    /// The first user or role that a policy names and that is not there, by its ARN.
    ///
    /// Those of accounts that this vault knows nothing of are taken as they are.
    func unknownPrincipal(in policy: PolicyDocument) throws(APIError) -> String?

    /// Whom the ARN of a principal stands for now.
    func namedPrincipal(_ arn: String) throws(APIError) -> NamedPrincipal

    /// What decides what a user or role may do: inline policies, the default versions of attached
    /// ones, and the permissions boundary.
    func policyTexts(ofPrincipal id: Int64) throws(APIError) -> [PolicyText]
}

/// Whom the ARN of a principal stands for.
package enum NamedPrincipal: Sendable, Equatable {
    /// A user, a role, or a session of a role, by its unique id, as in `AROA…:session`.
    case known(uniqueID: String)
    /// An account, or somebody of an account that this vault knows nothing of.
    case taken
    /// Nobody, in an account whose users and roles are known.
    case nobody
    /// The text is no ARN of a principal.
    case notPrincipal
}
