internal import Notation

/// What every way to assume a role asks for.
///
/// The role, the session's name, how long it is to last, and the policies that limit it.
package struct RequestedSession: Sendable {
    let roleARN: String?
    let name: String?
    private let seconds: Int64?
    private let policy: String?
    private let policyARNs: [String]

    /// Characters of the longest session policy.
    private static let maximumPolicyLength = 2_048

    init(from members: inout Members) throws(APIError) {
        roleARN = try members.string("RoleArn")
        name = try members.string("RoleSessionName")
        seconds = try members.integer("DurationSeconds")
        policy = try members.string("Policy")
        let arns = try members.structures("PolicyArns") { member throws(APIError) in
            try member.string("arn") ?? ""
        }
        policyARNs = arns ?? []
    }

    /// What must be there is told first, and then what is too long or too short.
    func constrain(_ constraints: inout Constraints) {
        constraints.policyARN(roleARN, at: "roleArn")
        constraints.require(name, at: "roleSessionName")
        constraints.sessionName(name, at: "roleSessionName")
        constraints.range(of: seconds, 900...43_200, at: "durationSeconds")
        constraints.length(of: policy, 1...Self.maximumPolicyLength, at: "policy")
        constraints.count(of: policyARNs, 0...10, at: "policyArns")
    }

    func checkRoleARN() throws(APIError) {
        guard ARN(roleARN ?? "") != nil else { throw .invalidRoleARN(roleARN ?? "") }
    }

    /// The terms of the session, if its policies are policies.
    func terms(_ caller: Caller, _ vault: any VaultReading) throws(APIError) -> Session.Terms {
        var terms = Session.Terms(name: name ?? "")
        if let policy {
            try IAMPolicyDocument.checkIdentityPolicy(policy, in: caller.scope.partition)
        }
        terms.policy = policy
        for arn in policyARNs where try vault.policyDocument(arn: arn) == nil {
            throw .policyNotAttachable(arn)
        }
        terms.policyARNs = policyARNs
        return terms
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

    /// Per cent of what a session's policies and tags may take together; nil without any.
    func packedPolicySize(with tags: [(key: String, value: String)]?) -> Int64? {
        guard policy != nil || !policyARNs.isEmpty || tags != nil else { return nil }
        let tagBytes = tags?.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count } ?? 0
        let bytes = (policy?.utf8.count ?? 0) + policyARNs.joined().utf8.count + tagBytes
        return max(1, Int64(bytes * 100 / 4_096))
    }
}
