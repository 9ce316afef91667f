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
        guard let parts = PolicySimulation.parts(ofARN: arn) else { return nil }
        let account = String(parts[4])
        let names = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        switch (parts[2], names[0]) {
        case ("iam", "root"):
            let isAccount = account.utf8.count == 12 && account.allSatisfy(\.isWholeNumber)
            return isAccount && arn == Identity.root.arn(in: account) ? (account, .root) : nil
        case ("iam", "user"):
            guard let user = try principal(.user, arn: arn) else {
                return nil
            }
            return (account, .user(user, tags: try tags(of: user)))
        case ("iam", "role"):
            guard let role = try principal(.role, arn: arn) else {
                return nil
            }
            return (account, try session(of: role, named: "simulated", at: now))
        case ("sts", "assumed-role"):
            guard names.count == 3, !names[2].isEmpty,
                let role = try principal(.role, named: String(names[1]), in: account)
            else { return nil }
            return (account, try session(of: role, named: String(names[2]), at: now))
        default: return nil
        }
    }

    private func session(
        of role: IAMPrincipal,
        named name: String,
        at now: Timestamp
    ) throws(APIError) -> Identity {
        .roleSession(
            RoleSession(role: role, name: name, tags: try tags(of: role), startedAt: now)
        )
    }
}
