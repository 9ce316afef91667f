package import AccessControl

/// The question whether a call that nobody made yet would be allowed, and by what.
package struct PolicySimulation: Sendable {
    /// A user, a role, a session of a role, or the root of an account, by its ARN.
    package let principalARN: String
    /// As in `secretsmanager:GetSecretValue`.
    package let action: String
    /// A secret, by name or ARN; it need not be there.
    package let secretID: String?
    /// Something else, by its ARN.
    package let resourceARN: String?
    /// Where the call would be made.
    package let region: String
    /// Condition keys that the call would carry.
    package let context: [String: [String]]

    package init(
        principalARN: String,
        action: String,
        secretID: String? = nil,
        resourceARN: String? = nil,
        region: String,
        context: [String: [String]] = [:]
    ) {
        self.principalARN = principalARN
        self.action = action
        self.secretID = secretID
        self.resourceARN = resourceARN
        self.region = region
        self.context = context
    }

    /// Answers the question by the policies as they are.
    ///
    /// - Parameters:
    ///   - authorization: which reads the policies; whether it enforces them does not matter.
    ///   - now: for the condition keys about time.
    ///   - vault: the vault.
    /// - Returns: nil when there is no such principal.
    /// - Throws: InternalServiceError.
    package func explanation(
        _ authorization: Authorization,
        at now: Timestamp,
        in vault: any VaultReading
    ) throws(APIError) -> PolicyExplanation? {
        guard let caller = try vault.caller(principalARN, in: region, at: now) else { return nil }
        let permission = Permission(action: action, context: context)
        let decider = CallAuthorization(authorization, caller, now, vault)
        if let secretID {
            let address = try? SecretAddress(secretID, from: caller.scope)
            let secret = try address.flatMap { address throws(APIError) in
                try vault.secret(at: address)
            }
            let resource = try ProtectedResource(secretID: secretID, secret, caller, vault)
            return try decider.explain(permission, on: resource)
        }
        let resource =
            resourceARN.map { ProtectedResource(arn: $0, caller) }
            ?? ProtectedResource(nothingFor: caller)
        return try decider.explain(permission, on: resource)
    }
}

extension VaultReading {
    /// Somebody as a caller, by ARN; nil when nobody is called so.
    func caller(
        _ principalARN: String,
        in region: String,
        at now: Timestamp
    ) throws(APIError) -> Caller? {
        guard let (account, identity) = try identity(of: principalARN, at: now) else { return nil }
        return Caller(
            scope: Scope(account: account, region: region),
            principalARN: principalARN,
            identity: identity,
            accessKeyID: nil,
            requestID: "",
            sourceAddress: "127.0.0.1",
            userAgent: nil
        )
    }

    private func identity(
        of arn: String,
        at now: Timestamp
    ) throws(APIError) -> (account: String, Identity)? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return nil }
        let account = String(parts[4])
        let names = parts[5].split(separator: "/").map(String.init)
        guard let kind = names.first, let last = names.last else { return nil }
        switch kind {
        case "root": return (account, .root)
        case "user":
            guard let user = try principal(.user, named: last, in: account) else { return nil }
            return (account, .user(user, tags: try tags(of: user)))
        case "role", "assumed-role":
            let isSession = kind == "assumed-role"
            let name = isSession && names.count > 1 ? names[1] : last
            guard let role = try principal(.role, named: name, in: account) else { return nil }
            let session = RoleSession(
                role: role,
                name: isSession ? last : "simulated",
                tags: try tags(of: role),
                startedAt: now
            )
            return (account, .roleSession(session))
        default: return nil
        }
    }
}
