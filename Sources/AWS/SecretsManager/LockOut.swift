internal import AccessControl

/// Whether a change would keep its author from making another one.
///
/// AWS refuses such a change of a secret's policy or tags, and tells of such a policy when it is to
/// be validated.
struct LockOut {
    /// What the author must still be allowed.
    let permission: Permission
    /// What it is about, as it will be.
    private let resource: ProtectedResource

    /// Of a policy in place of the one that a secret has.
    ///
    /// - Parameters:
    ///   - permission: what the author must still be allowed.
    ///   - secret: the secret; nil for a policy that is for none yet.
    ///   - policy: the policy.
    ///   - caller: the author.
    ///   - vault: the vault.
    /// - Throws: InternalServiceError.
    init(
        of permission: Permission,
        on secret: Secret?,
        under policy: PolicyDocument,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        self.permission = permission
        guard let secret else {
            var resource = ProtectedResource(nothingFor: caller)
            resource.policies = [.resource(ResourcePolicy.defaultName, policy.prettyText)]
            self.resource = resource
            return
        }
        var resource = try ProtectedResource(secretID: secret.arn.text, secret, caller, vault)
        resource.policies.removeAll { $0.name == ResourcePolicy.defaultName }
        resource.policies.append(.resource(ResourcePolicy.defaultName, policy.prettyText))
        self.resource = resource
    }

    /// Of a secret that has its new tags already.
    init(
        of permission: Permission,
        on secret: Secret,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        self.permission = permission
        resource = try ProtectedResource(secretID: secret.arn.text, secret, caller, vault)
    }

    /// Refuses the change where callers need permission.
    func refuse(
        _ authorization: CallAuthorization?,
        with error: APIError
    ) throws(APIError) {
        try authorization?.require(permission, on: resource, orThrow: error)
    }

    /// Whether the author is locked out, for who only asks.
    ///
    /// Where nobody needs permission that is who is denied in so many words, the root of the account
    /// too.
    func isThere<Subject>(
        _ call: Call<Subject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        let decider =
            call.authorization ?? CallAuthorization(.off, call.caller, call.now, vault)
        switch try decider.explain(permission, on: resource).decision {
        case .allowed: return false
        case .explicitlyDenied: return true
        case .implicitlyDenied: return call.authorization != nil
        }
    }
}

extension SecretOperation {
    /// Refuses tags that a secret has by now, if with them the caller could not make this call again.
    func refuseLockOut(
        byTagsOf secret: Secret,
        _ call: Call<Secret>,
        _ vault: any VaultReading
    ) throws(APIError) {
        for permission in permissions() {
            try LockOut(of: permission, on: secret, for: call.caller, vault)
                .refuse(call.authorization, with: .tagsLockCallerOut)
        }
    }
}
