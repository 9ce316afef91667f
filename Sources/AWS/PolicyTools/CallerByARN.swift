internal import Notation

/// Somebody as a caller, by ARN.
struct CallerByARN: Sendable {
    private let text: String
    private let region: String

    init(_ principalARN: String, in region: String) {
        text = principalARN
        self.region = region
    }

    /// Nil when nobody is called so.
    func caller(at now: Timestamp, in vault: any VaultReading) throws(APIError) -> Caller? {
        guard let arn = ARN(text), let principal = try principal(arn, at: now, vault) else {
            return nil
        }
        return Caller(
            scope: Scope(account: arn.account, region: region),
            principal: principal,
            accessKeyID: nil,
            requestID: "",
            sourceAddress: "127.0.0.1",
            userAgent: nil
        )
    }

    private func principal(
        _ arn: ARN,
        at now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) -> CallerPrincipal? {
        guard Partition.isKnown(arn.partition), arn.region.isEmpty, AccountID.isValid(arn.account)
        else { return nil }
        let path = arn.path
        switch (arn.service, path.first) {
        case (IAM.signingName, "root") where path.count == 1:
            return CallerPrincipal(.root, arn: arn.text, holderARN: arn.text)
        case (IAM.signingName, "user"):
            guard let user = try vault.principal(.user, arn: arn.text) else { return nil }
            return .user(user, tags: try vault.tags(of: user))
        case (IAM.signingName, "role"):
            guard let role = try vault.principal(.role, arn: arn.text) else { return nil }
            return try session(of: role, named: "simulated", at: now, vault)
        case (STS.signingName, "assumed-role"):
            guard path.count == 3, !path[2].isEmpty,
                let role = try vault.principal(.role, named: String(path[1]), in: arn.account),
                role.partition == arn.partition
            else { return nil }
            return try session(of: role, named: String(path[2]), at: now, vault)
        default: return nil
        }
    }

    private func session(
        of role: IAMPrincipal,
        named name: String,
        at now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) -> CallerPrincipal {
        .session(of: role, named: name, tags: try vault.tags(of: role), startedAt: now)
    }
}
