internal import Notation

/// What every way to assume a role asks for.
///
/// The role, the session's name, how long it is to last, and the policies that limit it.
package struct RequestedSession: Sendable {
    let roleARN: String?
    let name: String?
    private let seconds: Int64?
    let policies: SessionPolicies

    init(from members: inout Members) throws(APIError) {
        roleARN = try members.string("RoleArn")
        name = try members.string("RoleSessionName")
        seconds = try members.integer("DurationSeconds")
        policies = try SessionPolicies(from: &members)
    }

    /// What must be there is told first, and then what is too long or too short.
    func constrain(_ constraints: inout Constraints) {
        constraints.policyARN(roleARN, at: "roleArn")
        constraints.require(name, at: "roleSessionName")
        constraints.sessionName(name, at: "roleSessionName")
        constraints.range(of: seconds, 900...43_200, at: "durationSeconds")
        policies.constrain(&constraints)
    }

    func checkRoleARN() throws(APIError) {
        guard ARN(roleARN ?? "") != nil else { throw .invalidRoleARN(roleARN ?? "") }
    }

    /// The terms of the session, if its policies are policies.
    func terms(_ caller: Caller, _ vault: any VaultReading) throws(APIError) -> Session.Terms {
        try policies.terms(named: name ?? "", caller, vault)
    }

    /// Credentials of the role.
    ///
    /// - Parameters:
    ///   - role: the role.
    ///   - terms: what is settled about the session.
    ///   - longest: the most seconds that it may last, if something makes that less than the role does.
    ///   - call: the call that asks for them.
    ///   - vault: which seals them.
    /// - Returns: credentials, from now on.
    /// - Throws: ValidationError for a session that would last too long.
    func credentials(
        of role: IAMPrincipal,
        _ terms: Session.Terms,
        longest: Int64? = nil,
        _ call: Call<IAMPrincipal>,
        _ vault: any VaultWriting
    ) throws(APIError) -> SessionCredentials {
        let longest = min(longest ?? .max, role.maxSessionSeconds)
        let seconds = seconds ?? min(3_600, longest)
        guard seconds <= longest else {
            throw longest < role.maxSessionSeconds ? .chainedSessionTooLong : .sessionTooLong
        }
        return try SessionCredentials(
            of: .role(role.id, terms),
            in: role.account,
            seconds: seconds,
            call,
            vault
        )
    }
}
